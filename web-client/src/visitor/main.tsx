import '../poly'
import './look'
import { Page } from './page'

const root = document.getElementById('page')
if (root) new Page({ window, root }).open(undefined)
