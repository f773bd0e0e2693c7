// SPDX-License-Identifier: GPL-3.0-or-later
// What was measured, as tables; and where they stand in bench/README.md.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

const number = (value, digits = 1) => (Number.isFinite(value) ? value.toFixed(digits) : '—');
const times = (value) => (Number.isFinite(value) ? `${value.toFixed(2)} ×` : '—');
const percent = (match) => (match ? `${(100 * match.rate).toFixed(1)} %` : '—');

function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = heads.map((_, i) => (i === 0 ? '---' : '--:'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}

export function machine() {
  return `${cpus()[0].model.trim()}, ${cpus().length} cores`;
}

export function describeRun(began, load, rounds) {
  return `Measured on ${began.toISOString().slice(0, 10)}: ${machine()}; load ${load.map((value) => value.toFixed(1)).join(', ')} `
    + `when it began, ${loadavg()[0].toFixed(1)} when it ended; ${rounds} rounds, every one asking all in turn. `
    + 'Medians; a ratio is the median of the ratios within each round.';
}

export function photoTable(results, threads, sets) {
  const heads = ['per photograph', ...threads.flatMap((n) => [n === 1 ? 'one core, ms' : `${n} cores, ms`, '× Smiletill']),
    ...sets.flatMap((set) => [`${set.name}: faces found`, 'TMR at FMR 1e-3'])];
  const rows = results.map((result) => [result.name,
    ...threads.flatMap((n) => [number(result.speed[n]?.ms), times(result.speed[n]?.ratio)]),
    ...sets.flatMap((set) => [result.found[set.name] ?? '—', percent(result.match[set.name])])]);
  const pairs = sets.map((set) => `${set.name}: ${set.photos} photographs of ${set.people} people`
    + (set.match ? `, ${set.match.genuine} pairs of one person and ${set.match.impostor} of two` : '')).join('; ');
  return [table(heads, rows), pairs].filter(Boolean).join('\n\n');
}

export function frameTable(results, threads) {
  const heads = ['per frame of video', ...threads.flatMap((n) => [n === 1 ? 'one core, ms' : `${n} cores, ms`, 'of dlib in full'])];
  return table(heads, results.map((result) => [result.name,
    ...threads.flatMap((n) => [number(result.speed[n]?.ms, 2), times(result.speed[n]?.ratio)])]));
}

// Puts words between the two marks of a part.
export function writePart(path, part, words) {
  const text = readFileSync(path, 'utf8');
  const begin = `<!-- ${part}: begin -->`;
  const end = `<!-- ${part}: end -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for ${part}`);
  writeFileSync(path, `${text.slice(0, from + begin.length)}\n${words.trim()}\n${text.slice(to)}`);
}
