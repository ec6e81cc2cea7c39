// Reads the question and never answers it.
import { converse } from './honest.mjs';

converse(() => process.stderr.write('thinking\n'));
