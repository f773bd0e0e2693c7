// SPDX-License-Identifier: GPL-3.0-or-later
// How many pairs of one person's photographs are told to be one person, where so many pairs of two people are, too.

const squareDistance = (a, b) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
};

const toUnitLength = (vector) => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

function rateOf(vectors, people, falseMatchRate) {
  const genuine = [];
  const impostor = [];
  for (let i = 0; i < vectors.length; i++)
    for (let j = 0; j < i; j++) {
      const far = vectors[i] && vectors[j] ? squareDistance(vectors[i], vectors[j]) : Infinity;
      (people[i] === people[j] ? genuine : impostor).push(far);
    }
  if (genuine.length === 0 || impostor.length === 0) return null;
  impostor.sort((a, b) => a - b);
  const nearest = impostor[Math.floor(falseMatchRate * impostor.length)];
  return {
    rate: genuine.filter((far) => far < nearest).length / genuine.length,
    genuine: genuine.length,
    impostor: impostor.length,
  };
}

// By distance or by angle, whichever serves a peer better. A photograph without a vector is a face that was not found:
// it matches nobody, and is missed with its own person.
export function trueMatchRate(vectors, people, falseMatchRate) {
  const byDistance = rateOf(vectors, people, falseMatchRate);
  const byAngle = rateOf(vectors.map((vector) => vector && toUnitLength(vector)), people, falseMatchRate);
  return byAngle && byAngle.rate > byDistance.rate ? byAngle : byDistance;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
