/**
 * The parts of the page that are words: what the checks said, the paper's claims, the configuration.
 *
 * @module
 */
import { nothingToDraw } from './figure.ts';
import { html, type Html } from '../../spec/report/markup.ts';
import type { Claim, ReportInput } from './input.ts';

/** The two checks on the subset file. */
export function exactness({ applyIsExact, revertIsExact }: ReportInput): Html {
  return html`<ul class="checks">
    <li>
      ${verdict(applyIsExact, 'exact', 'not exact')} The seed with the subset applied equals the tuned model, bit for
      bit.
    </li>
    <li>${verdict(revertIsExact, 'exact', 'not exact')} Reverting the subset gives back the seed, bit for bit.</li>
  </ul>`;
}

/** What the paper claims and what this run shows. */
export function claimList(claims: readonly Claim[]): Html {
  if (claims.length === 0) return nothingToDraw('No claim of the paper was looked at in this run.');
  return html`<ul class="claims">
    ${claims.map(
      ({ anchor, claim, holds, evidence }) =>
        html`<li>
          ${verdict(holds, 'holds', 'does not hold')}
          <div>
            <p><span class="anchor">${anchor}</span> ${claim}</p>
            <p class="faint">${evidence}</p>
          </div>
        </li>`,
    )}
  </ul>`;
}

function verdict(good: boolean, yes: string, no: string): Html {
  return good
    ? html`<span class="verdict good"><span aria-hidden="true">✓</span> ${yes}</span>`
    : html`<span class="verdict bad"><span aria-hidden="true">✗</span> ${no}</span>`;
}

/** The run's configuration, as it was. */
export function configBlock(config: ReportInput['config']): Html {
  return html`<details open>
    <summary>config.json</summary>
    <pre>${JSON.stringify(config, null, 2)}</pre>
  </details>`;
}
