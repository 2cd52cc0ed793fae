import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { registerWorker } from './offline/register'
import { language } from './text'
import { preferences } from './shell/preferences.svelte'

preferences.apply()
void language.apply().then(() => mount(App, { target: document.getElementById('app')! }))
registerWorker()
