// SPDX-License-Identifier: GPL-3.0-or-later
// A peer: a program that loads its networks and the pictures once, says how many there are, and then answers each task
// it is told on standard input with one line of JSON. While it waits it takes no processor, so that many can be asked in turn.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const PATIENCE_MS = 20 * 60 * 1000;

export class PeerProcess {
  constructor(command, environment) {
    this.words = '';
    this.child = spawn(command[0], command.slice(1), {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      this.child.once('close', (status, signal) => resolve(this.lastWords() || `ended with ${signal ?? status}`));
    });
    this.child.stdin.on('error', () => {});
    this.child.stderr.on('data', (data) => { this.words = (this.words + data).slice(-4000); });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  lastWords() {
    const lines = this.words.split('\n').filter((line) => line.trim() !== '');
    return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '').trim();
  }

  async answer() {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve({ late: true }), PATIENCE_MS);
    });
    const next = await Promise.race([this.lines.next(), late]);
    clearTimeout(timer);
    if (next.late) throw new Error('gave no answer in time');
    if (next.done) throw new Error(await this.ended);
    return JSON.parse(next.value);
  }

  async ask(task) {
    this.child.stdin.write(`${task}\n`);
    return this.answer();
  }

  async stop() {
    this.child.stdin.end();
    const timer = setTimeout(() => this.child.kill(), 5000);
    await this.ended;
    clearTimeout(timer);
  }
}
