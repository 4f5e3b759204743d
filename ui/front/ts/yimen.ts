// Every page works without this file. It only saves keystrokes, waiting and mistakes.
// All of it listens on the document, so parts that htmx puts in later are covered too.
import 'htmx.org';
import './drafts';
import './uploads';
import './errors';
import './confirm';
import './once';
import './list';
import './print';
import './due';
import './steps';
import './find';

// Styles may now hide what only those without a script need.
document.documentElement.dataset.js = '';
