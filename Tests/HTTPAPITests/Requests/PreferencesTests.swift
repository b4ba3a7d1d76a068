import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite("What a client prefers")
struct PreferencesTests {
    private func respondAsync(_ values: [String]) throws -> Bool {
        let name = try #require(HTTPField.Name("Prefer"))
        return Preferences(HTTPFields(values.map { HTTPField(name: name, value: $0) })).respondAsync
    }

    @Test(
        "is an answer before all is done, however that is written",
        arguments: [
            "respond-async", "Respond-ASYNC", "respond-async, wait=10", "wait=10,respond-async",
            "  respond-async\t; foo ; bar=\"a, b; c\"  , x", ",, respond-async ,,",
            "respond-async = \"\"",
            "handling=lenient; x=\"respond-async=1, \\\"\", respond-async",
            "respond-async;", "foo=\"\\\\\", respond-async",
            "respond-async, respond-async=later",
        ]
    )
    func prefers(value: String) throws {
        #expect(try respondAsync([value]))
    }

    @Test(
        "is not what it doesn't say, and not what breaks the grammar",
        arguments: [
            "", "return=minimal", "respond-asynchronously", "\"respond-async\"", "x=respond-async", "x; respond-async",
            "respond-async later", "respond-async=later", "respond-async=later, respond-async", "(, respond-async",
            "x=\"respond-async", "respond-async=", "x=\", respond-async", "respond-async; \"x\"",
        ]
    )
    func prefersNot(value: String) throws {
        #expect(try !respondAsync([value]))
    }

    @Test("may come in several fields, and doesn't have to come at all")
    func fields() throws {
        #expect(try respondAsync(["return=minimal", "respond-async"]))
        #expect(try !respondAsync(["respond-async=x", "respond-async"]))
        #expect(try !respondAsync([]))
    }
}
