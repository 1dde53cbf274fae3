// The yardstick in C++: LEMON's network simplex (ns) and cost scaling (cs) on the same instance.
//   g++ -O2 lemon.cpp -o lemon && ./lemon INSTANCE ns|cs
// The file is described in bench/assignment/instance.ts. CPU is counted from the arrays to the answer, graph included.
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

using Graph = lemon::StaticDigraph;
using Long = long long;
using Words = std::vector<uint32_t>;

/** An unfilled review costs more than any exchange could gain. */
static const Long unfilledCost = 4000000;

struct Arc {
  int from, to, least, most;
  Long cost;
};

static double cpuSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/** The peak of this program alone: ru_maxrss would begin with that of the process it was forked from. */
static double peakMegabytes() {
  FILE *status = fopen("/proc/self/status", "r");
  char line[256];
  long kilobytes = 0;
  while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kilobytes);
  if (status) fclose(status);
  return kilobytes * 1024 / 1e6;
}

static Words read(FILE *file, size_t count) {
  Words words(count);
  if (fread(words.data(), 4, count, file) != count) {
    fprintf(stderr, "the instance ends early\n");
    exit(1);
  }
  return words;
}

template <class Solver>
static bool run(Solver &solver, const Graph &graph, const std::vector<Arc> &arcs, const Graph::NodeMap<int> &supply) {
  Graph::ArcMap<int> least(graph), most(graph);
  Graph::ArcMap<Long> cost(graph);
  for (size_t i = 0; i < arcs.size(); i++) {
    Graph::Arc arc = graph.arc(i);
    least[arc] = arcs[i].least, most[arc] = arcs[i].most, cost[arc] = arcs[i].cost;
  }
  return solver.lowerMap(least).upperMap(most).costMap(cost).supplyMap(supply).run() == Solver::OPTIMAL;
}

int main(int argc, char **argv) {
  FILE *file = argc > 2 ? fopen(argv[1], "rb") : nullptr;
  if (!file) return fprintf(stderr, "usage: lemon INSTANCE ns|cs\n"), 2;
  const Words header = read(file, 4);
  const uint32_t applications = header[0], experts = header[1], pairs = header[2], limit = header[3];
  const Words wanted = read(file, applications), most = read(file, experts), least = read(file, experts);
  const Words organization = read(file, experts), rowStart = read(file, applications + 1);
  const Words expert = read(file, pairs), weight = read(file, pairs);
  fclose(file);
  const double startMemory = peakMegabytes(), start = cpuSeconds();

  // Nodes: applications, experts, the end, then one for every organisation that could exceed its limit somewhere.
  const int end = applications + experts;
  int nodes = end + 1;
  std::vector<Arc> arcs, groupArcs;
  arcs.reserve(pairs + applications + experts);
  std::vector<size_t> emptyArc(applications);
  Long demand = 0;
  for (uint32_t row = 0; row < applications; row++) {
    std::unordered_map<uint32_t, uint32_t> count;
    std::unordered_map<uint32_t, int> group;
    if (limit)
      for (uint32_t i = rowStart[row]; i < rowStart[row + 1]; i++) count[organization[expert[i]]]++;
    for (uint32_t i = rowStart[row]; i < rowStart[row + 1]; i++) {
      const Arc arc = {(int)row, (int)(applications + expert[i]), 0, 1, -(Long)weight[i]};
      const uint32_t home = organization[expert[i]];
      if (!limit || count[home] <= limit) {
        arcs.push_back(arc);
        continue;
      }
      auto known = group.emplace(home, nodes);
      if (known.second) arcs.push_back({(int)row, nodes++, 0, (int)limit, 0});
      groupArcs.push_back({known.first->second, arc.to, 0, 1, arc.cost});
    }
    emptyArc[row] = arcs.size();
    arcs.push_back({(int)row, end, 0, (int)wanted[row], unfilledCost});
    demand += wanted[row];
  }
  for (uint32_t who = 0; who < experts; who++)
    arcs.push_back({(int)(applications + who), end, (int)least[who], (int)most[who], 0});
  // A static graph wants its arcs by their source: those of a row's groups were found in mixed order.
  std::stable_sort(groupArcs.begin(), groupArcs.end(), [](const Arc &a, const Arc &b) { return a.from < b.from; });
  arcs.insert(arcs.end(), groupArcs.begin(), groupArcs.end());
  std::vector<Arc>().swap(groupArcs);

  Graph graph;
  {
    std::vector<std::pair<int, int>> ends;
    ends.reserve(arcs.size());
    for (const Arc &arc : arcs) ends.push_back({arc.from, arc.to});
    graph.build(nodes, ends.begin(), ends.end());
  }
  Graph::NodeMap<int> supply(graph, 0);
  for (uint32_t row = 0; row < applications; row++) supply[graph.node(row)] = wanted[row];
  supply[graph.node(end)] = -(int)demand;
  const double built = cpuSeconds();

  bool optimal;
  Long cost = 0, unfilled = 0;
  const auto solve = [&](auto &&solver) {
    optimal = run(solver, graph, arcs, supply);
    if (!optimal) return;
    cost = solver.template totalCost<Long>();
    for (size_t arc : emptyArc) unfilled += solver.flow(graph.arc(arc));
  };
  if (std::string(argv[2]) == "ns")
    solve(lemon::NetworkSimplex<Graph, int, Long>(graph));
  else
    solve(lemon::CostScaling<Graph, int, Long>(graph));
  printf("{\"optimal\":%s,\"objective\":%lld,\"filled\":%lld,\"cpu\":%.3f,\"solving\":%.3f,\"memory\":%.1f}\n",
         optimal ? "true" : "false", unfilled * unfilledCost - cost, demand - unfilled, cpuSeconds() - start,
         cpuSeconds() - built, peakMegabytes() - startMemory);
}
