// Tokens first: what comes later may lean on them.
import '../ui/tokens.css'
import './visitor.css'
