// The file that the page fetches, as a graph that Sigma draws. Nodes are the numbers of records.
import Graph from "graphology";

export const VERSION = 1;

export class Records {
  constructor(data) {
    this.data = data;
    this.count = data.ids.length;
    this.edgeCount = data.edges.length / 3;
    this.edges = Uint32Array.from(data.edges);
    this.numbers = new Map(data.ids.map((id, number) => [id, number]));
    this.degrees = new Uint32Array(this.count);
    for (let at = 0; at < this.edges.length; at += 3) {
      this.degrees[this.edges[at]] += 1;
      this.degrees[this.edges[at + 1]] += 1;
    }
    this.near = this.neighbours();
  }

  // For each record its edges: their numbers, one record's after another's.
  neighbours() {
    const starts = new Uint32Array(this.count + 1);
    for (let n = 0; n < this.count; n += 1) starts[n + 1] = starts[n] + this.degrees[n];
    const next = starts.slice();
    const edges = new Uint32Array(this.edgeCount * 2);
    for (let edge = 0; edge < this.edgeCount; edge += 1) {
      edges[next[this.edges[edge * 3]]++] = edge;
      edges[next[this.edges[edge * 3 + 1]]++] = edge;
    }
    return { starts, edges };
  }

  edgesOf(record) {
    return this.near.edges.subarray(this.near.starts[record], this.near.starts[record + 1]);
  }

  ends(edge) {
    return [this.edges[edge * 3], this.edges[edge * 3 + 1]];
  }

  other(edge, record) {
    const [source, target] = this.ends(edge);
    return source === record ? target : source;
  }

  relation(edge) {
    return this.data.relations[this.edges[edge * 3 + 2]];
  }

  isMention(edge) {
    return this.edges[edge * 3 + 2] === this.data.mention;
  }

  type(record) {
    return this.data.types[this.data.type[record]];
  }

  status(record) {
    return this.data.statuses[this.data.status[record]];
  }

  // The address of a record's page; null where it has none.
  page(record) {
    const { folder, before, after } = this.data.pages;
    return folder[record] < 0 ? null : before[folder[record]] + this.data.ids[record] + after;
  }

  // Thousands of records would cover one another: the more there are, the smaller, down to a third.
  size(record) {
    const crowd = Math.max(0.35, Math.min(1, Math.sqrt(300 / this.count)));
    return crowd * Math.min(3 + 1.1 * Math.sqrt(this.degrees[record]), 14);
  }

  graph() {
    const graph = new Graph({ multi: true, type: "directed" });
    const { x, y, ids } = this.data;
    for (let n = 0; n < this.count; n += 1) {
      graph.addNode(n, { x: x[n], y: -y[n], size: this.size(n), label: ids[n] });
    }
    for (let edge = 0; edge < this.edgeCount; edge += 1) {
      const [source, target] = this.ends(edge);
      graph.addDirectedEdgeWithKey(edge, source, target);
    }
    return graph;
  }
}
