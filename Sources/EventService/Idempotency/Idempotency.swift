import Logging
import Synchronization

import struct Foundation.Date

/// The keys of requests: claimed, then answered or given back, and forgotten in the end.
final class Idempotency: Sendable {
    private struct State {
        var statistics = IdempotencyStatistics()
        var releasing: Task<Result<Void, StoreError>, Never>?
    }

    private let store: any IdempotencyStore
    private let holder: String
    private let time: WallClock
    private let logger: Logger
    private let state = Mutex(State())

    init(_ stores: EventStores, time: WallClock, logger: Logger) {
        store = stores.idempotency
        holder = stores.holder
        self.time = time
        self.logger = logger
    }

    /// What was counted so far.
    var statistics: IdempotencyStatistics { state.withLock { $0.statistics } }

    /// Claims a key for a time.
    func claim(
        _ request: IdempotentRequest,
        eventID: String,
        for limit: Duration
    ) async throws(StoreError) -> IdempotencyClaim {
        do throws(StoreError) {
            try await releaseOwnClaims()
            let now = time.now
            let claim = try await store.claim(
                request.key,
                for: request.digest,
                eventID: eventID,
                by: holder,
                now: now,
                until: now.addingTimeInterval(limit.inSeconds)
            )
            count(claim)
            return claim
        } catch {
            failed(error)
            logger.error("The key of a request can't be claimed", metadata: ["reason": "\(error.message)"])
            state.withLock { $0.statistics.unclaimed += 1 }
            throw error
        }
    }

    /// Keeps the answer to a claimed key for a time; without an answer, gives the key back.
    ///
    /// Where that fails the claim runs out, and a repeat is worked on again, under the same identifier.
    func settle(
        _ request: IdempotentRequest,
        with answer: IdempotentAnswer?,
        keptFor retention: Duration,
        for context: CallContext
    ) async {
        let expiry = time.now.addingTimeInterval(retention.inSeconds)
        do throws(StoreError) {
            if let answer {
                try await store.answer(request.key, with: answer, expiry: expiry)
            } else {
                try await store.release(request.key, expiry: expiry)
            }
        } catch {
            failed(error)
            logger.error(
                "What became of a request can't be kept for its repeats",
                metadata: ["request_id": "\(context.requestID)", "reason": "\(error.message)"]
            )
        }
    }

    /// Forgets what has expired.
    func forgetExpired() async throws(StoreError) {
        do throws(StoreError) {
            try await store.forget(expiredBefore: time.now)
        } catch {
            failed(error)
            throw error
        }
    }

    /// Gives back what an earlier process of this name had claimed: it can't be working on it.
    ///
    /// Only once it is done: later claims of this name are this process's own.
    func releaseOwnClaims() async throws(StoreError) {
        let task = state.withLock { state in
            if let task = state.releasing { return task }
            // A task of its own, so that whoever leaves doesn't take it along: others wait for it too.
            let task = Task { [store, holder] () -> Result<Void, StoreError> in
                do throws(StoreError) {
                    return .success(try await store.releaseClaims(of: holder))
                } catch {
                    return .failure(error)
                }
            }
            state.releasing = task
            return task
        }
        do throws(StoreError) {
            try await task.value.get()
        } catch {
            state.withLock { if $0.releasing == task { $0.releasing = nil } }
            throw error
        }
    }

    private func count(_ claim: IdempotencyClaim) {
        state.withLock { state in
            switch claim {
            case .granted: state.statistics.first += 1
            case .answered: state.statistics.repeated += 1
            case .underWay: state.statistics.underWay += 1
            case .otherRequest: state.statistics.otherRequest += 1
            }
        }
    }

    private func failed(_ error: StoreError) {
        state.withLock { $0.statistics.storeFailures[error.kind, default: 0] += 1 }
    }
}
