import Resilience
import Testing

@Suite("Circuit breaker: configuration")
struct ConfigurationTests {
    @Test("The defaults are the documented ones, and valid")
    func defaults() throws {
        let configuration = CircuitBreakerConfiguration()
        #expect(configuration.failureThreshold == 3)
        #expect(configuration.failureWindow == .seconds(30))
        #expect(configuration.failureRateThreshold == nil)
        #expect(configuration.slowCallRateThreshold == nil)
        #expect(configuration.slowCallDuration == .seconds(5))
        #expect(configuration.minimumCalls == 20)
        #expect(configuration.windowBuckets == 10)
        #expect(configuration.resetTimeout == .seconds(10))
        #expect(configuration.maximumResetTimeout == .seconds(60))
        #expect(configuration.resetMultiplier == 2)
        #expect(configuration.jitter == 0.1)
        #expect(configuration.halfOpenProbes == 1)
        #expect(configuration.successesToClose == 1)
        #expect(configuration.probeTimeout == .seconds(30))
        #expect(!configuration.resetOnSuccess)
        #expect(try CircuitBreakerConfiguration(failureThreshold: 3) == configuration)
    }

    @Test("A setting out of range is refused with its name, its value and what is allowed")
    func outOfRange() {
        func refused(_ field: String, _ make: () throws -> CircuitBreakerConfiguration) {
            do {
                _ = try make()
                Issue.record("\(field) was accepted")
            } catch let error as InvalidConfiguration {
                #expect(error.field == field)
                #expect(!error.value.isEmpty && !error.allowed.isEmpty)
            } catch {
                Issue.record("\(field): \(error)")
            }
        }
        refused("failureThreshold") { try CircuitBreakerConfiguration(failureThreshold: 0) }
        refused("failureThreshold") { try CircuitBreakerConfiguration(failureThreshold: nil) }
        refused("failureThreshold") { try CircuitBreakerConfiguration(failureThreshold: 0, failureRateThreshold: 1) }
        refused("failureWindow") { try CircuitBreakerConfiguration(failureWindow: .zero) }
        refused("failureWindow") {
            try CircuitBreakerConfiguration(failureWindow: .nanoseconds(9), failureRateThreshold: 1)
        }
        refused("failureWindow") {
            try CircuitBreakerConfiguration(failureWindow: .nanoseconds(9), slowCallRateThreshold: 1)
        }
        for share in [0, -0.1, 1.0.nextUp, .nan, .infinity] {
            refused("failureRateThreshold") { try CircuitBreakerConfiguration(failureRateThreshold: share) }
            refused("slowCallRateThreshold") { try CircuitBreakerConfiguration(slowCallRateThreshold: share) }
        }
        refused("slowCallDuration") { try CircuitBreakerConfiguration(slowCallDuration: .zero) }
        refused("minimumCalls") { try CircuitBreakerConfiguration(minimumCalls: 0) }
        refused("windowBuckets") { try CircuitBreakerConfiguration(windowBuckets: 1) }
        refused("windowBuckets") { try CircuitBreakerConfiguration(windowBuckets: 1001) }
        refused("resetTimeout") { try CircuitBreakerConfiguration(resetTimeout: .seconds(-1)) }
        refused("maximumResetTimeout") { try CircuitBreakerConfiguration(resetTimeout: .seconds(61)) }
        refused("resetMultiplier") { try CircuitBreakerConfiguration(resetMultiplier: 0.9) }
        refused("resetMultiplier") { try CircuitBreakerConfiguration(resetMultiplier: .nan) }
        refused("resetMultiplier") { try CircuitBreakerConfiguration(resetMultiplier: .infinity) }
        refused("jitter") { try CircuitBreakerConfiguration(jitter: 1.1) }
        refused("jitter") { try CircuitBreakerConfiguration(jitter: -0.1) }
        refused("jitter") { try CircuitBreakerConfiguration(jitter: .nan) }
        refused("halfOpenProbes") { try CircuitBreakerConfiguration(halfOpenProbes: 0) }
        refused("successesToClose") { try CircuitBreakerConfiguration(successesToClose: 0) }
        refused("probeTimeout") { try CircuitBreakerConfiguration(probeTimeout: .zero) }
    }

    @Test("The error reads as one line")
    func description() {
        #expect(throws: InvalidConfiguration(field: "jitter", value: "2.0", allowed: "0 to 1")) {
            try CircuitBreakerConfiguration(jitter: 2)
        }
        let error = InvalidConfiguration(field: "jitter", value: "2.0", allowed: "0 to 1")
        #expect(error.description == "jitter is 2.0, allowed is 0 to 1")
    }

    @Test("The bounds themselves are allowed")
    func bounds() throws {
        _ = try CircuitBreakerConfiguration(
            failureThreshold: 1,
            failureWindow: .nanoseconds(1),
            resetTimeout: .nanoseconds(1),
            maximumResetTimeout: .nanoseconds(1),
            resetMultiplier: 1,
            jitter: 1,
            halfOpenProbes: 1,
            successesToClose: 1,
            probeTimeout: .nanoseconds(1)
        )
        _ = try CircuitBreakerConfiguration(jitter: 0)
        _ = try CircuitBreakerConfiguration(
            failureThreshold: nil,
            failureWindow: .nanoseconds(1000),
            failureRateThreshold: 1,
            slowCallRateThreshold: .leastNonzeroMagnitude,
            slowCallDuration: .nanoseconds(1),
            minimumCalls: 1,
            windowBuckets: 1000
        )
        _ = try CircuitBreakerConfiguration(windowBuckets: 2)
        _ = try CircuitBreakerConfiguration(failureThreshold: nil, slowCallRateThreshold: 1)
    }
}
