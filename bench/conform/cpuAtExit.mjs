// Loaded before a program: adds the processor time that it has used, in ms, to the file that DST_BENCH_CPU names.
import { appendFileSync } from 'node:fs';

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  appendFileSync(process.env.DST_BENCH_CPU, `${(user + system) / 1000}\n`);
});
