// Starts a process in a session of its own, which holds the pipes, and answers rightly: it is ended with the program.
import { spawn } from 'node:child_process';
import { converse, respond, say } from './honest.mjs';

spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { detached: true, stdio: 'inherit' }).unref();
converse((request) => say(respond(request)));
