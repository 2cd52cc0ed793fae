import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { language } from './text'
import { preferences } from './shell/preferences.svelte'

preferences.apply()
void language.apply().then(() => mount(App, { target: document.getElementById('app')! }))
