public import EventService
public import Foundation

/// Something that is loaded over and over: what is known of it, and whether it is being loaded now.
public struct Loadable<Value: Equatable & Sendable>: Equatable, Sendable {
    /// What is known.
    public enum State: Equatable, Sendable {
        /// Nothing yet: the first load has not ended.
        case loading
        /// The last load brought this, read from the events API at that time.
        case loaded(Value, asOf: Date)
        /// The last load failed, or brought what the service had kept because its own failed; this was read at that time.
        case stale(Value, asOf: Date, why: ServiceError)
        /// No load has succeeded, and the last one that ended failed.
        case failed(ServiceError)
    }

    /// What is known.
    public private(set) var state: State = .loading

    /// The load under way, or `nil`; an answer to any other load is out of date and is dropped.
    public private(set) var load: LoadID?

    /// When the last load ended, whatever it brought.
    public private(set) var endedAt: Date?

    /// Creates something of which nothing is known.
    public init() {}

    /// The value, however old it is.
    public var value: Value? {
        switch state {
        case .loaded(let value, _), .stale(let value, _, _): value
        case .loading, .failed: nil
        }
    }

    /// Whether what was loaded last is not what the events API has now.
    var hasFailed: Bool {
        switch state {
        case .stale, .failed: true
        case .loading, .loaded: false
        }
    }

    /// Whether a load is under way.
    public var isLoading: Bool { load != nil }

    mutating func begin(_ load: LoadID) {
        self.load = load
    }

    mutating func cancel() {
        load = nil
    }

    /// Follows a clock that was set by so many seconds.
    mutating func move(by step: TimeInterval) {
        endedAt? += step
        switch state {
        case .loading, .failed: break
        case .loaded(let value, let asOf): state = .loaded(value, asOf: asOf + step)
        case .stale(let value, let asOf, let why): state = .stale(value, asOf: asOf + step, why: why)
        }
    }

    /// Takes a load's answer that was made this moment, unless the load is not the one under way.
    /// - Returns: Whether the answer was taken.
    mutating func finish(_ load: LoadID, with result: Result<Value, ServiceError>, at now: Date) -> Bool {
        let freshness = Freshness(.fetched(.off), age: .zero, remaining: .zero)
        return finish(load, with: result.map { ReadResult($0, freshness: freshness) }, at: now)
    }

    /// Takes a load's answer, unless the load is not the one under way.
    /// - Returns: Whether the answer was taken.
    mutating func finish(_ load: LoadID, with result: Result<ReadResult<Value>, ServiceError>, at now: Date) -> Bool {
        guard load == self.load else { return false }
        self.load = nil
        endedAt = now
        switch (result, state) {
        case (.success(let read), _):
            let asOf = now + (.zero - read.freshness.age)
            state =
                read.freshness.staleReason.map { .stale(read.value, asOf: asOf, why: $0) }
                ?? .loaded(read.value, asOf: asOf)
        case (.failure(let why), .loaded(let value, let asOf)), (.failure(let why), .stale(let value, let asOf, _)):
            state = .stale(value, asOf: asOf, why: why)
        case (.failure(let why), .loading), (.failure(let why), .failed): state = .failed(why)
        }
        return true
    }
}

/// Tells loads apart, so that a late answer can't take the place of a newer one.
public struct LoadID: Hashable, Sendable {
    /// Counts up by one with every load.
    public var number: UInt64

    /// Creates an identifier from its number.
    public init(_ number: UInt64) {
        self.number = number
    }

    mutating func advance() -> LoadID {
        number += 1
        return self
    }
}
