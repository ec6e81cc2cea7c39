/**
 * Right calls of the conformance kit.
 *
 * @module
 */
import * as kit from '../../../spec/index.ts';
import { BROKEN } from '../../spec/report/samples.ts';
import { closed, dry, list, options, record, right, type Calls } from '../wrongKinds.ts';

const literal = kit.createLiteral({ name: 'literal' });
const [file] = kit.readVectors('vectors');

/** An implementation; of what it says of itself, the version and the language are not looked at. */
const implementation = (): unknown => {
  const { capabilities, ...operations } = literal;
  const { name, dtype, distances, thresholds, silos, optimizers } = capabilities;
  const claims = {
    name,
    dtype: closed(dtype),
    distances: list(closed(distances[0])),
    thresholds: list(closed(thresholds[0])),
    silos: list(closed(silos[0])),
    optimizers: list(closed(optimizers[0])),
    operations: list(closed('distance')),
  };
  return record({ capabilities: record(claims), ...operations });
};
const run = (): unknown =>
  record({ ...BROKEN, checks: list(record({ ...BROKEN.checks[0] }, IGNORED)) }, ['start', 'end']);
const IGNORED = Object.keys(BROKEN.checks[0]).filter((field) => field !== 'id' && field !== 'state');
const vector = (): unknown => {
  const { op, needs, input, accepted } = file.vectors[0];
  return record({
    op: closed(op),
    needs: record(needs, Object.keys(needs)),
    input: record(input, Object.keys(input)),
    accepted,
  });
};
const nothing = (): undefined => undefined;

export const conformance: Calls = {
  implement: () =>
    right(
      options({
        name: 'mine',
        dtype: closed('float64'),
        version: '1',
        language: 'TypeScript',
        homepage: 'here',
        distances: list(closed('absolute')),
        thresholds: list(closed('quantile')),
        silos: list(closed('none')),
        optimizers: list(closed('sgd')),
        dialects: list(closed('t5x')),
        ties: closed('lowest-index'),
        flushesDenormals: false,
      }),
      options({ distance: () => ({ output: { distances: [] } }) }),
    ),
  checkImplementation: () =>
    right(
      implementation(),
      options({
        checks: list('eq9/share-in-common'),
        paperOnly: true,
        runs: 1,
        seed: 1,
        onRecord: nothing,
        expected: record({ 'eq7/*': 'known' }),
        skip: record({ eq2: 'slow' }),
        signal: new AbortController().signal,
      }),
    ),
  connect: () => dry(list('program'), options({ timeoutMs: 1, startTimeoutMs: 1 })),
  renderText: () => right(run(), options({ color: false, width: 80 })),
  renderHtml: () => right(list(run())),
  renderJunit: () => right(run()),
  renderBadge: () => right(run()),
  renderJsonLines: () => right(run()),
  parseJsonLines: () => right(kit.renderJsonLines(BROKEN), 'here'),
  findLaw: () => right('eq9/share-in-common'),
  readVectors: () => right('vectors'),
  checkVector: () => right(implementation(), vector()),
  createLiteral: () => right(record({ name: 'literal', dtype: closed('float64') })),
};
