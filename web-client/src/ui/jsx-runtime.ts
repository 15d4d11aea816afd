import { createElement, Fragment, type ComponentType, type VNode } from 'preact'

/** What JSX becomes, over Preact's own `createElement`: its `preact/jsx-runtime` makes elements a second time, and weighs what a visitor would wait for (V54). */
export const jsx = (type: ComponentType, props: object, key?: string): VNode => createElement(type, key === undefined ? props : { ...props, key })
export { jsx as jsxs, Fragment }
