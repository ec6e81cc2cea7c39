/**
 * Where in the network the subset lies: the share changed of each module in each layer, one heat map per method.
 *
 * @module
 */
import { figure, nothingToDraw } from './figure.ts';
import { count, shortPercent } from './format.ts';
import { heatLegend, heatMap, type Cell } from './heat.ts';
import { html, type Html } from '../../html/markup.ts';
import type { MethodCurves, Placement } from './input.ts';
import { label } from './series.ts';
import { table } from '../../html/table.ts';

/** What stands in place of a layer's number outside the layers. */
const OUTSIDE = '–';

/** One heat map per method with a budget; without one everything changes, everywhere. */
export function placementCharts(methods: readonly MethodCurves[]): Html {
  const drawn = methods.filter(({ epsilon, placement }) => epsilon !== null && placement.length > 0);
  if (drawn.length === 0) return nothingToDraw('The places of the changed parameters were not recorded.');
  return html`<div class="grid">${drawn.map(placementChart)}</div>`;
}

function placementChart(method: MethodCurves, index: number): Html {
  const name = label(method.method, method.epsilon);
  const places = [...method.placement];
  const hottest = Math.max(...places.map(share));
  const layers = [...new Set(places.map(({ layer }) => layer))].sort((a, b) => (a ?? -1) - (b ?? -1)).map(layerName);
  const modules = [...new Set(places.map(({ module }) => shortName(module)))];
  const cells = places.map((place): Cell => ({
    x: layerName(place.layer),
    y: shortName(place.module),
    heat: hottest > 0 ? share(place) / hottest : 0,
    text: String(Number((share(place) * 100).toPrecision(2))),
    title: `${place.module}, layer ${layerName(place.layer)}: ${count(place.changed)} of ${count(place.size)}`,
  }));
  return figure({
    id: `placement-${index}`,
    title: name,
    description:
      'Share, in percent, of each module’s parameters that differ from the seed, by layer. Silos per module and layer make it even.',
    half: true,
    legend: heatLegend(shortPercent(0), shortPercent(hottest)),
    draw: (room) => heatMap(cells, { x: layers, y: modules, xLabel: 'layer' }, room),
    data: table(
      `${name}: parameters changed by module and layer`,
      [
        { heading: 'Module' },
        { heading: 'Layer', numeric: true },
        { heading: 'Changed', numeric: true },
        { heading: 'Of', numeric: true },
        { heading: 'Share', numeric: true },
      ],
      places.map((place) => [
        place.module,
        layerName(place.layer),
        count(place.changed),
        count(place.size),
        shortPercent(share(place)),
      ]),
    ),
  });
}

function share({ changed, size }: Placement): number {
  return size === 0 ? 0 : changed / size;
}

function layerName(layer: number | null): string {
  return layer === null ? OUTSIDE : String(layer);
}

/** A module's name without what all of them share. */
function shortName(module: string): string {
  return module.replace(/(^|\/)layers\//, '$1');
}
