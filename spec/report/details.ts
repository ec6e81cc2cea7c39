/**
 * Below the matrix: each implementation's checks, equation by equation, failures in full.
 *
 * @module
 */
import type { CheckRecord, ConformanceRun } from '../conform/record.ts';
import { asText, encodeShort } from '../wire/json.ts';
import { factList, type Fact } from '../../html/facts.ts';
import { html } from '../../html/markup.ts';
import type { Html } from '../../html/markup.ts';
import { sayRuling } from '../diagnosis/words.ts';
import { askedSection } from './asked.ts';
import { diagnosedSection, failureId } from './diagnosed.ts';
import { equationsOf, sectionId, SIGNS, TITLES } from './matrix.ts';
import { causesFirst, fallsShort, isCutShort, tallyLevels, verdictOf, whyPartial, WORDS } from './tally.ts';
import type { Share } from './tally.ts';

/** One implementation. */
export function renderRun(run: ConformanceRun, index: number): Html {
  const { start, end } = run;
  const { name, version, language, dtype, homepage } = start.implementation;
  const facts: Fact[] = [
    ['Language', `${language}, ${dtype}`],
    ['Protocol', String(start.protocolVersion)],
    ['Kit', start.kitVersion],
    ['Made', start.date],
    ['Inputs', `${start.runs} a check, from seed ${start.seed}${start.paperOnly ? ', the paper’s checks alone' : ''}`],
    ['Not in full', whyPartial(run).join('; ') || undefined],
    ['Command', start.command.join(' ')],
    ...(homepage === undefined ? [] : [['Homepage', homepage] satisfies Fact]),
  ];
  const ordered = causesFirst(run);
  const broken = ordered.filter(({ state }) => fallsShort(state)).map(({ equation }) => equation);
  const equations = [...new Set([...broken, ...equationsOf([run])])];
  return html`<section id="run-${index + 1}">
    <h2>
      ${name} ${version}
      <span class="verdict ${end.conforms ? 'good' : 'bad'}">${end.conforms ? '✓' : '✗'} ${verdictOf(run)}</span>
    </h2>
    ${factList(facts)} ${diagnosedSection(run, index)} ${levels(run)} ${askedSection(run)}
    ${equations.map((equation) => {
      const checks = ordered.filter((check) => check.equation === equation);
      const short = checks.filter(({ state }) => fallsShort(state));
      const others = checks.filter(({ state }) => !fallsShort(state));
      return html`<section id="${sectionId(index, equation)}" class="equation">
        <h3><span class="anchor">${equation}</span> ${TITLES[equation]}</h3>
        ${short.map((check) => failure(check, index))} ${others.length === 0 ? '' : rest(others, short.length > 0)}
      </section>`;
    })}
  </section>`;
}

function levels(run: ConformanceRun): Html {
  const share = ({ held, of }: Share): string => (of === 0 ? '–' : `${held} of ${of}`);
  return html`<div class="scroll" role="region" aria-label="Levels" tabindex="0">
    <table class="levels">
      <caption>
        Checks that hold, level by level
      </caption>
      <thead>
        <tr>
          <th scope="col">Level</th>
          <th scope="col">The paper</th>
          <th scope="col">Our rulings</th>
        </tr>
      </thead>
      <tbody>
        ${tallyLevels(run).map(
          ({ level, paper, ruling }) =>
            html`<tr>
              <th scope="row">${level}</th>
              <td>${share(paper)}</td>
              <td>${share(ruling)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function failure(check: CheckRecord, index: number): Html {
  const { id, kind, level, state, claim, accepts, why, counterexample, ruling, stderr } = check;
  const facts: Fact[] = [
    ['What must hold', claim],
    ['Why', why],
    ['Ruling', ruling && sayRuling(ruling)],
    [
      'Smallest input',
      counterexample && html`<code>${encodeShort(counterexample.request ?? counterexample.input)}</code>`,
    ],
    ['Tags', counterexample && (counterexample.tags.join(', ') || undefined)],
    ['Where', counterexample?.at],
    ['Came back', counterexample && html`<code>${asText(counterexample.got)}</code>`],
    ['Written', counterexample?.wrote === undefined ? undefined : html`<code>${counterexample.wrote}</code>`],
    ['Accepted', counterexample && html`<code>${asText(counterexample.wanted)}</code>`],
    ['Within', counterexample && accepts],
    ['Standard error', stderr === undefined ? undefined : html`<code>${stderr}</code>`],
    ['Again', counterexample && html`<code>${counterexample.replay}</code>`],
  ];
  return html`<article class="failure" id="${failureId(index, id)}">
    <h4>
      <span class="key ${state}" aria-hidden="true">${SIGNS[state]}</span> <code>${id}</code>
      <span class="faint">${WORDS[state]}; ${kind === 'paper' ? 'the paper' : 'a ruling'}, ${level}</span>
    </h4>
    ${factList(facts, 'story')}
  </article>`;
}

function rest(checks: readonly CheckRecord[], isBesideFailures: boolean): Html {
  return html`<details>
    <summary>${checks.length} ${isBesideFailures ? 'other ' : ''}${checks.length === 1 ? 'check' : 'checks'}</summary>
    <ul class="checks">
      ${checks.map(
        ({ id, state, claim, why, runs, planned }) =>
          html`<li>
            <span class="key ${state}" aria-hidden="true">${SIGNS[state]}</span> <code>${id}</code>
            <span class="faint"
              >${WORDS[state]}${why === undefined ? '' : `: ${why}`}${isCutShort({ state, runs, ...(planned === undefined ? {} : { planned }) }) ? `, ${runs} of ${planned} inputs` : ''}</span
            ><br />${claim}
          </li>`,
      )}
    </ul>
  </details>`;
}
