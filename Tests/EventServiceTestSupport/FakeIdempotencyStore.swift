package import EventService
import Synchronization
import TestSupport

package import struct Foundation.Date

/// The answers to requests with a key, in memory.
package final class FakeIdempotencyStore: IdempotencyStore {
    /// What is kept of a key.
    package struct Key: Sendable, Equatable {
        /// The digest of its request.
        package let request: [UInt8]
        /// The identifier of its event.
        package let eventID: String
        /// Who works on it; `nil` if nobody does.
        package fileprivate(set) var holder: String?
        /// When the claim runs out.
        package fileprivate(set) var until: Date
        /// When it is forgotten; `nil` while it is claimed.
        package fileprivate(set) var expiry: Date?
        /// The answer, where there is one.
        package fileprivate(set) var answer: IdempotentAnswer?
    }

    private let state = Observed<[String: Key]>([:])
    private let failure = StoreFailure()
    private let answerFailure = StoreFailure()

    /// Every call fails from now on; `nil` ends that.
    package func fail(_ error: StoreError?) {
        failure.set(error)
    }

    /// Keys can be claimed, but neither answered nor given back; `nil` ends that.
    package func failToSettle(_ error: StoreError?) {
        answerFailure.set(error)
    }

    /// What is kept, by the keys.
    package var keys: [String: Key] { state.value }

    /// Returns as soon as what is kept meets a condition.
    package func wait(until condition: @escaping @Sendable ([String: Key]) -> Bool) async throws {
        try await state.wait(until: condition)
    }

    package func claim(
        _ key: String,
        for request: [UInt8],
        eventID: String,
        by holder: String,
        now: Date,
        until: Date
    ) async throws(StoreError) -> IdempotencyClaim {
        try failure.check()
        return state.change { keys in
            let known = keys[key].flatMap { $0.expiry ?? now < now ? nil : $0 }
            if let known {
                guard known.request == request else { return .otherRequest }
                if let answer = known.answer { return .answered(answer) }
                if known.holder != nil, known.until >= now { return .underWay }
            }
            let eventID = known?.eventID ?? eventID
            keys[key] = Key(request: request, eventID: eventID, holder: holder, until: until)
            return .granted(eventID: eventID)
        }
    }

    package func answer(_ key: String, with answer: IdempotentAnswer, expiry: Date) async throws(StoreError) {
        try failure.check()
        try answerFailure.check()
        state.change { keys in
            keys[key]?.holder = nil
            keys[key]?.expiry = expiry
            keys[key]?.answer = answer
        }
    }

    package func release(_ key: String, expiry: Date) async throws(StoreError) {
        try failure.check()
        try answerFailure.check()
        state.change { keys in
            keys[key]?.holder = nil
            keys[key]?.expiry = expiry
        }
    }

    package func releaseClaims(of holder: String) async throws(StoreError) {
        try failure.check()
        state.change { keys in
            for (name, key) in keys where key.holder == holder { keys[name]?.holder = nil }
        }
    }

    package func forget(expiredBefore date: Date) async throws(StoreError) {
        try failure.check()
        state.change { keys in keys = keys.filter { $0.value.expiry ?? date >= date } }
    }
}
