import Resilience
import Testing

@Suite("Concurrency limit: configuration")
struct LimitConfigurationTests {
    @Test("The defaults are the documented ones, and valid")
    func defaults() throws {
        let configuration = ConcurrencyLimitConfiguration()
        #expect(configuration.minimum == 5)
        #expect(configuration.maximum == 200)
        #expect(configuration.initial == 20)
        #expect(configuration.tolerance == 1.25)
        #expect(configuration.smoothing == 0.2)
        #expect(configuration.backoff == 0.9)
        #expect(configuration.window == .milliseconds(100))
        #expect(configuration.minimumSamples == 50)
        #expect(configuration.probeInterval == .seconds(30))
        #expect(try ConcurrencyLimitConfiguration(minimum: 5) == configuration)
    }

    @Test("A setting out of range is refused with its name, its value and what is allowed")
    func outOfRange() {
        func refused(_ field: String, _ make: () throws -> ConcurrencyLimitConfiguration) {
            let error = #expect(throws: InvalidConfiguration.self) { try make() }
            #expect(error?.field == field)
            #expect(error?.value.isEmpty == false && error?.allowed.isEmpty == false)
        }
        refused("minimum") { try ConcurrencyLimitConfiguration(minimum: 0) }
        refused("maximum") { try ConcurrencyLimitConfiguration(minimum: 21, maximum: 20) }
        refused("maximum") { try ConcurrencyLimitConfiguration(maximum: 1_000_001) }
        refused("initial") { try ConcurrencyLimitConfiguration(initial: 4) }
        refused("initial") { try ConcurrencyLimitConfiguration(initial: 201) }
        refused("tolerance") { try ConcurrencyLimitConfiguration(tolerance: 0.99) }
        refused("tolerance") { try ConcurrencyLimitConfiguration(tolerance: .nan) }
        refused("tolerance") { try ConcurrencyLimitConfiguration(tolerance: .infinity) }
        refused("smoothing") { try ConcurrencyLimitConfiguration(smoothing: 0) }
        refused("smoothing") { try ConcurrencyLimitConfiguration(smoothing: 1.01) }
        refused("smoothing") { try ConcurrencyLimitConfiguration(smoothing: .nan) }
        refused("backoff") { try ConcurrencyLimitConfiguration(backoff: 0.09) }
        refused("backoff") { try ConcurrencyLimitConfiguration(backoff: 1) }
        refused("backoff") { try ConcurrencyLimitConfiguration(backoff: .nan) }
        refused("window") { try ConcurrencyLimitConfiguration(window: .zero) }
        refused("minimumSamples") { try ConcurrencyLimitConfiguration(minimumSamples: 0) }
        refused("minimumSamples") { try ConcurrencyLimitConfiguration(minimumSamples: 1_000_001) }
        refused("probeInterval") { try ConcurrencyLimitConfiguration(probeInterval: .zero) }
        refused("fixed") { try ConcurrencyLimitConfiguration(fixed: 0) }
        refused("fixed") { try ConcurrencyLimitConfiguration(fixed: 1_000_001) }
    }

    @Test("The bounds themselves are allowed")
    func bounds() throws {
        _ = try ConcurrencyLimitConfiguration(
            minimum: 1,
            maximum: 1,
            initial: 1,
            tolerance: 1,
            smoothing: 1,
            backoff: 0.1,
            window: .nanoseconds(1),
            minimumSamples: 1,
            probeInterval: .nanoseconds(1)
        )
        let most = try ConcurrencyLimitConfiguration(maximum: 1_000_000, initial: 1_000_000, minimumSamples: 1_000_000)
        #expect(most.maximum == 1_000_000)
        let fixed = try ConcurrencyLimitConfiguration(fixed: 1_000_000)
        #expect(fixed.minimum == 1_000_000 && fixed.maximum == 1_000_000 && fixed.initial == 1_000_000)
    }
}
