/// The report: one line for each operation, in aligned columns.
struct Table {
    private static let header = ["operation", "ns", "±", "allocations", "ratio", "target", ""]
    private var lines: [[String]] = []
    private(set) var misses = 0

    /// The median of each operation on one thread, by name.
    private var oneThread: [String: Double] = [:]

    /// Adds a group; the groups for one thread come first.
    mutating func add(_ group: Group, _ measurements: [Measurement]) {
        guard let baseline = measurements.first else { return }
        lines.append([group.title])
        // What several at once take longer even without a policy, because the machine does other things too.
        let slowdown = oneThread[group.operations[0].name].map { max(1, baseline.median / $0) } ?? 1
        for (operation, measurement) in zip(group.operations, measurements) {
            if operation.width == 1 { oneThread[operation.name] = measurement.median }
            lines.append([
                "  " + operation.name,
                number(measurement.median, digits: measurement.median < 100 ? 1 : 0),
                number(measurement.spread * 100, digits: 0) + " %",
                measurement.allocations.map { number($0, digits: $0 < 0.01 ? 0 : 2) } ?? "not measured",
                number(measurement.median / baseline.median, digits: 1) + "×",
                operation.target.map(describe) ?? "",
                verdict(operation, measurement, slowdown: slowdown),
            ])
        }
    }

    private func describe(_ target: Operation.Target) -> String {
        switch target {
        case .nanoseconds(let limit): "≤ \(number(limit, digits: 0)) ns, 0 allocations"
        case .timesOneThread(let factor): "≤ \(number(factor, digits: 0))× one thread"
        }
    }

    private mutating func verdict(
        _ operation: Operation,
        _ measurement: Measurement,
        slowdown: Double
    ) -> String {
        let isMet: Bool
        var remark = ""
        switch operation.target {
        case .nanoseconds(let limit):
            isMet = measurement.median <= limit && measurement.allocations ?? 0 < 0.01
        case .timesOneThread(let factor):
            guard let alone = oneThread[operation.name] else { return "" }
            let measured = measurement.median / alone / slowdown
            isMet = measured <= factor
            remark = " \(number(measured, digits: 1))×"
        case nil:
            return ""
        }
        if !isMet { misses += 1 }
        return (isMet ? "pass" : "MISS") + remark
    }

    /// The lines, with the numbers to the right of their columns.
    func rendered() -> String {
        let widths = Self.header.indices.map { column in
            ([Self.header] + lines).filter { $0.count > 1 }.map { $0[column].count }.max() ?? 0
        }
        return ([Self.header] + lines).map { line in
            guard line.count > 1 else { return "\n" + line[0] }
            let cells = line.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - line[column].count)
                return (1...4).contains(column) ? padding + line[column] : line[column] + padding
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private func number(_ value: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((value * Double(scale)).rounded())
        guard digits > 0 else { return String(scaled) }
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
