import Foundation

/// Runs a function on real threads and returns when all have ended; blocks no thread of the tests meanwhile.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) async {
    await withCheckedContinuation { continuation in
        let left = Counter()
        left.add(count)
        for number in 0..<count {
            Thread {
                body(number)
                if left.add(-1) == 0 { continuation.resume() }
            }.start()
        }
    }
}
