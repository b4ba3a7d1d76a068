import Foundation

// Not ordo-one's benchmark package: it counts no allocation on all our machines, and measures one operation after the
// other, where we compare.

/// Prints what the policies cost: `Scripts/benchmark [words of a name]`.
@main
struct ResilienceBenchmarks {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst().joined(separator: " ").lowercased()
        let groups = try allGroups().compactMap { group in
            let isWhole = words.isEmpty || group.title.lowercased().contains(words)
            let wanted = isWhole ? group : group.filtered { $0.name.lowercased().contains(words) }
            return isWhole || wanted.operations.count > 1 ? wanted : nil
        }
        guard !groups.isEmpty else {
            print("nothing is called \"\(words)\"")
            exit(2)
        }
        var measurements = try await Measuring().measure(groups.flatMap(\.operations))[...]
        var table = Table()
        for group in groups {
            table.add(group, Array(measurements.prefix(group.operations.count)))
            measurements = measurements.dropFirst(group.operations.count)
        }
        print(table.rendered())
        print("\nns: of one core for one call, median of all rounds; ±: half the distance of the quartiles;")
        print("ratio: to the first line of the group; × one thread: without what the first line took longer too.")
        print("Targets missed: \(table.misses)")
    }

    /// A new operation goes into one of these, or into a group of its own.
    private static func allGroups() throws -> [Group] {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        var groups: [Group] = []
        for threads in Set([1, cores, 10]).sorted() { groups.append(try .circuitBreaker(threads: threads)) }
        for tasks in Set([1, cores]).sorted() { groups.append(.run(tasks: tasks)) }
        for threads in Set([1, cores]).sorted() { groups.append(try .limits(threads: threads)) }
        groups.append(try .timeAndRetry())
        groups.append(.fanOut())
        return groups
    }
}
