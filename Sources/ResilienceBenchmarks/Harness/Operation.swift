/// Something whose cost is measured.
struct Operation: Sendable {
    let name: String
    /// What it must not exceed, if anybody has said.
    let target: Target?
    /// How it is called.
    let calls: Calls
    /// What one call does, where the cost of a part is of interest: the elements of a fan-out.
    let parts: Int

    /// Makes a number of calls, one after another.
    enum Calls: Sendable {
        /// On so many threads at once, each making the whole number.
        case threads(Int, @Sendable (Int) -> Void)
        /// In so many tasks at once, each making the whole number.
        case tasks(Int, @Sendable (Int) async throws -> Void)
    }

    /// What an operation may cost.
    enum Target: Sendable {
        /// Nanoseconds, without any allocation.
        case nanoseconds(Double)
        /// A multiple of the operation of the same name on one thread.
        case timesOneThread(Double)
    }

    /// How many of them are at work at once.
    var width: Int {
        switch calls {
        case .threads(let count, _), .tasks(let count, _): count
        }
    }
}

/// Operations that are compared with the first of them, the same work without a policy.
struct Group: Sendable {
    let title: String
    private(set) var operations: [Operation] = []

    init(_ title: String) {
        self.title = title
    }

    /// Adds an operation that doesn't suspend.
    ///
    /// Inlined, as the next one, so that the loop costs nothing beside the operation.
    @inline(__always)
    mutating func add(
        _ name: String,
        threads: Int = 1,
        target: Operation.Target? = nil,
        _ operation: @escaping @Sendable () -> Void
    ) {
        let calls = Operation.Calls.threads(threads) { count in
            for _ in 0..<count { operation() }
        }
        operations.append(Operation(name: name, target: target, calls: calls, parts: 1))
    }

    /// Adds an operation that may suspend; what it returns is taken, so that it has to be made.
    @inline(__always)
    mutating func addAsync(
        _ name: String,
        tasks: Int = 1,
        parts: Int = 1,
        target: Operation.Target? = nil,
        _ operation: @escaping @Sendable () async throws -> Int
    ) {
        let calls = Operation.Calls.tasks(tasks) { count in
            for _ in 0..<count { work(try await operation()) }
        }
        operations.append(Operation(name: name, target: target, calls: calls, parts: parts))
    }

    /// Only the operations that `isIncluded` accepts, and the first, as there is nothing to compare with otherwise.
    func filtered(_ isIncluded: (Operation) -> Bool) -> Group {
        var group = self
        group.operations = zip(operations, operations.indices).filter { $1 == 0 || isIncluded($0) }.map(\.0)
        return group
    }
}
