import { checkImplementation, implement, renderText } from '../spec/index.ts';

const isWrong = process.argv.includes('--wrong'); // then the distance keeps the sign of the seed
const mine = implement(
  { name: 'my distances', version: '1.0.0', dtype: 'float64', distances: ['inverse-relative'] },
  {
    distance({ seed, candidate }) {
      const weight = (x: number): number => (isWrong ? x : Math.abs(x)); // Eq. 5: |θ̂ − θ⁰| · |θ⁰|
      return { output: { distances: candidate.map((x, i) => Math.abs(x - seed[i]) * weight(seed[i])) } };
    },
  },
);
export const run = await checkImplementation(mine, { checks: ['eq5'] });
console.log(renderText(run, { color: false }));
