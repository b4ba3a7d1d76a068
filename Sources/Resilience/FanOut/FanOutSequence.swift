/// The results of ``withFanOut(over:limit:order:isolation:operation:consume:)``, to be taken inside its scope.
///
/// All iterators take from the same results: what one has got, no other gets. After the end of the scope there is nothing
/// left. Not sendable: one task takes the results, one at a time.
public struct FanOut<Element: Sendable>: AsyncSequence {
    /// Takes the results.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let source: FanOutSource<Element>

        /// The next result, as soon as it is there; `nil` after the last one, and after an error was thrown.
        ///
        /// - Throws: The first failure of an operation; `CancellationError` in a cancelled task, unless there is no result
        ///   left.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> Element? {
            try await source.next()
        }
    }

    private let source: FanOutSource<Element>

    /// Takes results from the present place on.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: source)
    }

    init<Elements: Sequence>(
        over elements: Elements,
        limit: Int,
        order: FanOutOrder,
        in group: ThrowingDiscardingTaskGroup<any Error>,
        operation: @escaping @Sendable (Elements.Element) async throws -> Element
    ) where Elements.Element: Sendable {
        let exchange = FanOutExchange(FanOutMachine<Element>(limit: limit, order: order))
        var elements = elements.makeIterator()
        var group = group
        source = FanOutSource(exchange) { number in
            guard let element = elements.next() else { return false }
            group.addTask {
                do {
                    exchange.finish(number, with: try await operation(element))
                } catch {
                    exchange.fail(with: error)
                    throw error
                }
            }
            return true
        }
    }

    /// Ends the sequence: the group must not be used after its scope.
    func close() {
        source.close()
    }
}

@available(*, unavailable)
extension FanOut: Sendable {}

@available(*, unavailable)
extension FanOut.AsyncIterator: Sendable {}
