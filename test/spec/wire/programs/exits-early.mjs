// Ends as if all were well.
import { converse } from './honest.mjs';

converse(() => process.exit(0));
