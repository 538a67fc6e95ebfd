/**
 * The functions that JavaScript's Math lacks, or has with other edge cases than NumPy.
 *
 * One block each, in an order in which each stands after those it calls. power: as in NumPy, 1 to any power is 1, even
 * to NaN, and an exponent of ½ is a square root (NaN at −∞). erf: the rational approximations of W. J. Cody, "Rational
 * Chebyshev approximations for the error function", Mathematics of Computation 23 (1969), 631-637, with the
 * coefficients of his later program CALERF; the relative error is a few units in the last place of a double. The gamma
 * function and its relatives: Stirling's series (DLMF 5.11) from 10 on, the recurrence below, reflection on the left.
 */

export const power = (a, b) => {
  if (a === 1 || (a === -1 && Math.abs(b) === Infinity)) return 1;
  return b === 0.5 ? Math.sqrt(a) : Math.pow(a, b);
};

export const sign = (z) => z > 0 ? 1 : z < 0 ? -1 : z === 0 ? 0 : NaN;

export const oddRoot = (b, q) => sign(b) * Math.pow(Math.abs(b), 1 / q);

export const relu = (z) => Math.max(z, 0);

export const leakyRelu = (z, a = 0.01) => z >= 0 ? z : a * z;

export const sigmoid = (z) => 1 / (1 + Math.exp(-z));

export const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

export const silu = (z) => z / (1 + Math.exp(-z));

export const ratio = (z, top, bottom) => {
  let above = top[0] * z, below = z;
  for (let i = 1; i < top.length - 1; i++) {
    above = (above + top[i]) * z;
    below = (below + bottom[i - 1]) * z;
  }
  return (above + top[top.length - 1]) / (below + bottom[bottom.length - 1]);
};

export const erfTail = (size) => {
  if (size <= 4) {
    return ratio(size,
      [2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
        2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
        1.23033935479799725e3],
      [1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
        3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3]);
  }
  const s = 1 / (size * size);
  const rest = s * ratio(s,
    [1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
      1.60837851487422766e-2, 6.58749161529837803e-4],
    [2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
      2.33520497626869185e-3]);
  return (0.56418958354775628695 - rest) / size;
};

export const erf = (z) => {
  const size = Math.abs(z);
  if (Number.isNaN(z)) return NaN;
  if (size <= 0.46875) {
    return z * ratio(z * z,
      [1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2,
        3.20937758913846947e3],
      [2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3]);
  }
  if (size > 6) return Math.sign(z);
  return Math.sign(z) * (1 - Math.exp(-size * size) * erfTail(size));
};

export const erfc = (z) => {
  if (!(z > 0.46875)) return 1 - erf(z);
  const near = Math.trunc(z * 16) / 16;
  return z > 27 ? 0 : Math.exp(-near * near) * Math.exp(-(z - near) * (z + near)) * erfTail(z);
};

export const roundEven = (z) => {
  const near = Math.round(z);
  return Math.abs(z % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near;
};

export const sinc = (z) => z === 0 ? 1 : Math.sin(z) / z;

export const digamma = (z) => {
  if (z <= 0 && (Number.isInteger(z) || z === -Infinity)) return NaN;
  if (z < 0.5) return digamma(1 - z) - Math.PI / Math.tan(Math.PI * (z - Math.round(z)));
  let sum = 0;
  for (; z < 10; z++) sum -= 1 / z;
  const s = 1 / (z * z);
  return sum + Math.log(z) - 0.5 / z -
    s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - s * (691 / 32760 - s / 12))))));
};

export const trigamma = (z) => {
  if (z <= 0 && (Number.isInteger(z) || z === -Infinity)) return NaN;
  if (z < 0.5) return (Math.PI / Math.sin(Math.PI * (z - Math.round(z)))) ** 2 - trigamma(1 - z);
  let sum = 0;
  for (; z < 10; z++) sum += 1 / (z * z);
  const s = 1 / (z * z);
  return sum + 1 / z + s / 2 +
    s / z * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - s * (691 / 2730 - s * 7 / 6))))));
};

export const lgamma = (z) => {
  if (!(Math.abs(z) < Infinity)) return Math.abs(z);
  if (z <= 0 && Number.isInteger(z)) return Infinity;
  if (z < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * (z - Math.round(z))))) - lgamma(1 - z);
  let product = 1;
  for (; z < 10; z++) product *= z;
  const s = 1 / (z * z);
  const series = 1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s / 156)))));
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series / z - Math.log(product);
};

export const gamma = (z) => {
  if (z === 0) return 1 / z;
  if (z < 0 && (Number.isInteger(z) || z === -Infinity)) return NaN;
  if (z < 0.5) {
    const near = Math.round(z);
    return Math.PI / ((near % 2 === 0 ? 1 : -1) * Math.sin(Math.PI * (z - near)) * gamma(1 - z));
  }
  if (z > 171.7) return Infinity;
  let product = 1;
  for (; z < 10; z++) product *= z;
  const s = 1 / (z * z), half = Math.pow(z, z / 2 - 0.25);
  const series = 1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s / 156)))));
  return half * Math.exp(-z) * half * Math.sqrt(2 * Math.PI) * Math.exp(series / z) / product;
};

export const gelu = (z) => 0.5 * z * (1 + erf(z / Math.SQRT2));
