// Ends, and leaves behind a process in a session of its own that holds the pipes open.
import { spawn } from 'node:child_process';
import { converse } from './honest.mjs';

converse(() => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { detached: true, stdio: 'inherit' });
  child.on('spawn', () => process.exit(1));
});
