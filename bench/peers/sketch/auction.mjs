// The sketch this engine began as: a forward and reverse auction with ε-scaling, kept as a yardstick. Not the house's style.
// Names: nA applications, nE experts, m pairs, dem wanted, cap most, lo least, rs row starts, col experts, w weights;
// p prices, pi what a row can do without a further expert, used the entries taken, dum reviews left empty.

export function makeState(I, M = 4_000_000) {
  const { nA, nE, m, dem, cap, rs, col, w } = I;
  const ss = new Uint32Array(nE + 1);
  for (let e = 0; e < nE; e++) ss[e + 1] = ss[e] + cap[e];
  const us = new Uint32Array(nA + 1);
  let kmax = 0;
  for (let a = 0; a < nA; a++) {
    us[a + 1] = us[a] + dem[a];
    if (dem[a] > kmax) kmax = dem[a];
  }
  // CSC for reverse
  const cs = new Uint32Array(nE + 1);
  for (let i = 0; i < m; i++) cs[col[i] + 1]++;
  for (let e = 0; e < nE; e++) cs[e + 1] += cs[e];
  const ce = new Uint32Array(m),
    ca = new Uint32Array(m);
  const pos = cs.slice(0, nE);
  for (let a = 0; a < nA; a++)
    for (let i = rs[a]; i < rs[a + 1]; i++) {
      const q = pos[col[i]]++;
      ce[q] = i;
      ca[q] = a;
    }
  return {
    I,
    M,
    ss,
    us,
    kmax,
    cs,
    ce,
    ca,
    p: new Float64Array(nE),
    pi: new Float64Array(nA).fill(Infinity),
    used: new Uint8Array(m),
    slotE: new Uint32Array(ss[nE]),
    slotA: new Uint32Array(ss[nE]),
    load: new Uint32Array(nE),
    uE: new Uint32Array(us[nA]),
    cnt: new Uint32Array(nA),
    dum: new Uint32Array(nA),
    stat: { bids: 0, rbids: 0, evict: 0, scan: 0, rscan: 0 },
  };
}
function removeUsed(S, a, edge) {
  const { us, uE, cnt } = S;
  const b = us[a],
    n = cnt[a];
  for (let i = 0; i < n; i++)
    if (uE[b + i] === edge) {
      uE[b + i] = uE[b + n - 1];
      cnt[a] = n - 1;
      return;
    }
}
function removeSlot(S, e, edge) {
  const { ss, slotE, slotA, load } = S;
  const b = ss[e],
    n = load[e];
  for (let i = 0; i < n; i++)
    if (slotE[b + i] === edge) {
      slotE[b + i] = slotE[b + n - 1];
      slotA[b + i] = slotA[b + n - 1];
      load[e] = n - 1;
      return;
    }
}
export function forward(S, eps, queue, qn) {
  // queue: stack of apps lacking units
  const { I, M, ss, us, p, pi, used, slotE, slotA, load, uE, cnt, dum, kmax } = S;
  const { dem, cap, rs, col, w } = I;
  const tv = new Float64Array(kmax + 2),
    ti = new Int32Array(kmax + 2);
  let bids = 0,
    evict = 0,
    scan = 0;
  const lo = I.lo ?? new Uint32Array(I.nE);
  const neg = S.neg ?? 0;
  const inQ = S.inQ ?? (S.inQ = new Uint8Array(I.nA));
  for (let i = 0; i < qn; i++) inQ[queue[i]] = 1;
  // circular FIFO
  const cap_ = I.nA + 1;
  const Q = S.Q ?? (S.Q = new Uint32Array(cap_));
  let hd = 0,
    tl = 0;
  for (let i = 0; i < qn; i++) Q[tl++] = queue[i];
  while (hd !== tl) {
    const a = Q[hd];
    if (++hd === cap_) hd = 0;
    inQ[a] = 0;
    let need = dem[a] - cnt[a] - dum[a];
    if (need <= 0) continue;
    bids++;
    // top need+1 among unused
    const L = need + 1;
    for (let j = 0; j < L; j++) {
      tv[j] = -M;
      ti[j] = -1;
    }
    let th = -M;
    const r0 = rs[a],
      r1 = rs[a + 1];
    let i = r0;
    for (; i < r1; i++) {
      const wi = w[i];
      if (wi + neg <= th) break;
      const v = wi - p[col[i]];
      if (v > th && used[i] === 0) {
        let j = L - 1;
        while (j > 0 && tv[j - 1] < v) {
          tv[j] = tv[j - 1];
          ti[j] = ti[j - 1];
          j--;
        }
        tv[j] = v;
        ti[j] = i;
        th = tv[L - 1];
      }
    }
    scan += i - r0;
    const vs = tv[need];
    pi[a] = vs;
    for (let j = 0; j < need; j++) {
      const ed = ti[j];
      if (ed < 0) {
        dum[a]++;
        continue;
      }
      const e = col[ed],
        b = ss[e],
        c = cap[e];
      const n0 = load[e];
      if (n0 < lo[e] || (n0 < c && p[e] >= 0)) {
        const n = load[e]++;
        slotE[b + n] = ed;
        slotA[b + n] = a;
        used[ed] = 1;
        uE[us[a] + cnt[a]++] = ed;
        continue;
      }
      const fa = w[ed] - vs + eps;
      let f0 = Infinity,
        i0 = -1,
        f1 = Infinity;
      for (let s = 0; s < n0; s++) {
        const fl = w[slotE[b + s]] - pi[slotA[b + s]] + eps;
        if (fl < f0) {
          f1 = f0;
          f0 = fl;
          i0 = s;
        } else if (fl < f1) f1 = fl;
      }
      if (n0 < c) {
        if (fa >= 0 && f0 >= 0) {
          p[e] = 0;
          const n = load[e]++;
          slotE[b + n] = ed;
          slotA[b + n] = a;
          used[ed] = 1;
          uE[us[a] + cnt[a]++] = ed;
          continue;
        }
        if (fa <= f0) {
          const z = f0 < 0 ? f0 : 0;
          if (z > p[e]) p[e] = z;
          continue;
        }
      }
      if (fa > f0) {
        const oe = slotE[b + i0],
          oa = slotA[b + i0];
        used[oe] = 0;
        removeUsed(S, oa, oe);
        if (!inQ[oa]) {
          inQ[oa] = 1;
          Q[tl] = oa;
          if (++tl === cap_) tl = 0;
        }
        evict++;
        slotE[b + i0] = ed;
        slotA[b + i0] = a;
        used[ed] = 1;
        uE[us[a] + cnt[a]++] = ed;
        let np = fa < f1 ? fa : f1;
        if (n0 < c && np > 0) np = 0;
        if (np > p[e]) p[e] = np;
      } else if (f0 > p[e]) p[e] = f0;
    }
    if (dem[a] - cnt[a] - dum[a] > 0 && !inQ[a]) {
      inQ[a] = 1;
      Q[tl] = a;
      if (++tl === cap_) tl = 0;
    }
  }
  S.stat.bids += bids;
  S.stat.evict += evict;
  S.stat.scan += scan;
}
export function reverse(S, eps, list) {
  // experts with spare and p>0
  const { I, M, ss, us, cs, ce, ca, p, pi, used, slotE, slotA, load, uE, cnt, dum } = S;
  const { nE, cap, col, w } = I;
  const lo = I.lo ?? new Uint32Array(nE);
  const B = S.B ?? 2_000_000;
  let mp = 0;
  const st = list ?? [];
  if (!list)
    for (let e = 0; e < nE; e++)
      if ((load[e] < cap[e] && p[e] > 0) || (load[e] < lo[e] && p[e] > -B)) st.push(e);
  let rb = 0,
    rsn = 0;
  while (st.length) {
    const e = st.pop();
    while ((load[e] < cap[e] && p[e] > 0) || (load[e] < lo[e] && p[e] > -B)) {
      rb++;
      const tgt = load[e] < lo[e] ? -B : 0;
      let b1 = -Infinity,
        b2 = -Infinity,
        i1 = -1,
        a1 = -1;
      const c1 = cs[e + 1];
      for (let q = cs[e]; q < c1; q++) {
        const ed = ce[q];
        if (used[ed]) continue;
        const a = ca[q];
        const be = w[ed] - pi[a];
        if (be > b1) {
          b2 = b1;
          b1 = be;
          i1 = ed;
          a1 = a;
        } else if (be > b2) b2 = be;
      }
      rsn += c1 - cs[e];
      if (b1 <= tgt) {
        p[e] = tgt;
        if (tgt < mp) mp = tgt;
        break;
      }
      const np = b2 > tgt ? b2 : tgt;
      if (np < p[e]) p[e] = np;
      if (p[e] < mp) mp = p[e];
      const y = w[i1] - p[e];
      // worst used of a1
      const ub = us[a1],
        n = cnt[a1];
      let m0 = Infinity,
        j0 = -1,
        m1 = Infinity;
      if (dum[a1] > 0) {
        m0 = -M;
        j0 = -2;
        if (dum[a1] > 1) m1 = -M;
      }
      for (let j = 0; j < n; j++) {
        const ed = uE[ub + j];
        const v = w[ed] - p[col[ed]];
        if (v < m0) {
          m1 = m0;
          m0 = v;
          j0 = j;
        } else if (v < m1) m1 = v;
      }
      if (y > m0) {
        // swap
        if (j0 === -2) {
          dum[a1]--;
          uE[ub + cnt[a1]++] = i1;
        } else {
          const od = uE[ub + j0],
            f = col[od];
          used[od] = 0;
          removeSlot(S, f, od);
          uE[ub + j0] = i1;
          if (p[f] > 0 || load[f] < lo[f]) st.push(f);
        }
        used[i1] = 1;
        const b = ss[e],
          l = load[e]++;
        slotE[b + l] = i1;
        slotA[b + l] = a1;
        const np2 = (y < m1 ? y : m1) + eps;
        if (np2 > pi[a1]) pi[a1] = np2;
      } else {
        const np2 = m0 + eps;
        if (np2 > pi[a1]) pi[a1] = np2;
      }
    }
  }
  S.stat.rbids += rb;
  S.stat.rscan += rsn;
  let q0 = 0;
  for (let e = 0; e < nE; e++) if (p[e] < q0) q0 = p[e];
  S.neg = -q0;
}
export function startPhase(S, eps) {
  // recompute pi = max unused value; drop violators
  const { I, M, p, pi, used, us, uE, cnt, dum } = S;
  const { nA, dem, rs, col, w } = I;
  const q = new Uint32Array(nA);
  let n = 0;
  for (let a = 0; a < nA; a++) {
    let v = -M;
    const r1 = rs[a + 1];
    for (let i = rs[a]; i < r1; i++) {
      if (w[i] + (S.neg ?? 0) <= v) break;
      if (used[i] === 0) {
        const x = w[i] - p[col[i]];
        if (x > v) v = x;
      }
    }
    pi[a] = v;
    for (let j = cnt[a] - 1; j >= 0; j--) {
      const ed = uE[us[a] + j];
      const e = col[ed];
      if (w[ed] - p[e] < v - eps) {
        used[ed] = 0;
        removeSlot(S, e, ed);
        uE[us[a] + j] = uE[us[a] + cnt[a] - 1];
        cnt[a]--;
      }
    }
    if (dum[a] > 0 && -M < v - eps) dum[a] = 0;
    if (cnt[a] + dum[a] < dem[a]) q[n++] = a;
  }
  return [q, n];
}
/** All phases; then, with a limit per organisation, the surplus is forbidden and bid again until none is left. */
export function solve(I) {
  const S = makeState(I);
  for (let eps = 100_000, first = true; ; eps = Math.max(1, eps / 5), first = false) {
    const [q, n] = first ? [Uint32Array.from({ length: I.nA }, (_, a) => a), I.nA] : startPhase(S, eps);
    forward(S, eps, q, n);
    reverse(S, eps);
    if (eps <= 1) break;
  }
  for (let rounds = 0; I.limit > 0 && rounds < 60; rounds++) {
    const q = forbidSurplus(S);
    if (q.length === 0) break;
    forward(S, 1, q, q.length);
    reverse(S, 1);
  }
  const start = new Uint32Array(I.nA + 1);
  const expert = [];
  for (let a = 0; a < I.nA; a++) {
    for (let i = I.rs[a]; i < I.rs[a + 1]; i++) if (S.used[i] === 1) expert.push(I.col[i]);
    start[a + 1] = expert.length;
  }
  return { panels: { start, expert: Uint32Array.from(expert) }, prices: { expert: S.p, reward: S.M } };
}
function forbidSurplus(S) {
  const { I, p, us, uE, cnt, used } = S;
  const rows = [];
  for (let a = 0; a < I.nA; a++) {
    const b = us[a];
    const held = Array.from(uE.subarray(b, b + cnt[a]));
    held.sort((x, y) => I.w[y] - p[I.col[y]] - (I.w[x] - p[I.col[x]]));
    const count = new Map();
    let surplus = false;
    for (const edge of held) {
      const home = I.unit[I.col[edge]];
      const k = (count.get(home) ?? 0) + 1;
      count.set(home, k);
      if (k <= I.limit) continue;
      surplus = true;
      removeUsed(S, a, edge);
      removeSlot(S, I.col[edge], edge);
      used[edge] = 2;
    }
    if (surplus) rows.push(a);
  }
  return Uint32Array.from(rows);
}
