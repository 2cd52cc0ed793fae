import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { preferences } from './shell/preferences.svelte'

preferences.apply()
mount(App, { target: document.getElementById('app')! })
