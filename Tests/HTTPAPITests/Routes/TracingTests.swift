import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import HTTPAPI

@Suite("Traces", .timeLimit(.minutes(3)))
struct TracingTests {
    private static let sample = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    private static let rest = sample.dropFirst(2)

    @Test(
        "a trace is taken, returned, and sent upstream with every call, unmodified",
        arguments: [sample, "00\(rest.dropLast(2))ff"]
    )
    func taken(parent: String) async throws {
        let harness = try APIHarness(.working(events: ["a", "b"]))
        let response = try await harness.answer(
            "/getEventsByUserId/1",
            headers: [.traceParent: parent, .traceState: "congo=t61rcWkgMzE, rojo@x=00f0"]
        )
        #expect(response.headers[.traceParent] == parent)
        #expect(harness.api.record.contexts.map(\.traceParent) == [parent, parent, parent])
        #expect(
            harness.api.record.contexts.map(\.traceState)
                == Array(repeating: "congo=t61rcWkgMzE, rojo@x=00f0", count: 3)
        )
    }

    @Test(
        "of a later version, what is known is taken as version 00",
        arguments: [
            ("01\(rest)", sample), ("cc\(rest)-what-ever_comes", sample), ("fe\(rest)-", sample),
            ("01\(rest.dropLast(2))03", sample), ("01\(rest.dropLast(2))0b-x", sample),
            ("01\(rest.dropLast(2))fa", "\(sample.dropLast(2))00"),
            ("01\(rest.dropLast(2))08", "\(sample.dropLast(2))00"),
        ]
    )
    func laterVersion(parent: String, sent: String) {
        let trace = TraceContext(parent: parent, state: "a=1")
        #expect(trace.parent == sent)
        #expect(trace.state == "a=1")
        #expect(trace.traceID == "0af7651916cd43dd8448eb211c80319c")
    }

    @Test(
        "one that breaks the rules, or none, is replaced by a new one, and its state forgotten",
        arguments: [
            nil, "", "00", sample.uppercased(), "ff\(rest)", "ff\(rest)-00", sample + "-00", sample + "0",
            "01\(rest)00",
            "01\(rest.dropLast(1))", "0g\(rest)", "01\(rest.dropLast(1))g",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319-b7ad6b71692033311-01",
            "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333é-1",
            sample.replacing("-", with: "_"), "\(sample), \(sample)",
        ] as [String?]
    )
    func broken(parent: String?) async throws {
        let harness = try APIHarness(.working())
        var headers: HTTPFields = parent.map { [.traceParent: $0] } ?? [:]
        headers[.traceState] = "a=1"
        let response = try await harness.answer("/getUsers", headers: headers)
        let made = try #require(response.headers[.traceParent])
        #expect(made != parent)
        #expect(made.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-00/) != nil)
        #expect(harness.api.record.contexts.map(\.traceParent) == [made])
        #expect(harness.api.record.contexts.map(\.traceState) == [nil])
    }

    @Test("several headers of state are one list")
    func joined() async throws {
        let harness = try APIHarness(.working())
        var headers: HTTPFields = [.traceParent: Self.sample]
        headers.append(HTTPField(name: .traceState, value: "a=1"))
        headers.append(HTTPField(name: .traceState, value: "b=2,c=3"))
        _ = try await harness.answer("/getUsers", headers: headers)
        #expect(harness.api.record.contexts.map(\.traceState) == ["a=1, b=2,c=3"])
    }

    @Test(
        "a state within the rules and limits is sent on as it is",
        arguments: [
            "a=1", "a=1,,b=2", "a=1 , \tb=2", "0a_-*/@b=x y!~", "a=\(String(repeating: "v", count: 256))",
            (1...32).map { "k\($0)=\($0)" }.joined(separator: ","),
        ]
    )
    func acceptedState(state: String) {
        #expect(TraceContext(parent: Self.sample, state: state).state == state)
    }

    @Test(
        "one that isn't is left out, and the trace stays",
        arguments: [
            "", ",", "a", "=1", "a=", "A=1", "a=1,b", "a=b=c", "a=\u{7F}", "a=é", "_a=1",
            "a=\(String(repeating: "v", count: 257))", "\(String(repeating: "k", count: 257))=1",
            (1...33).map { "k\($0)=\($0)" }.joined(separator: ","),
            (1...20).map { "k\($0)=\(String(repeating: "v", count: 250))" }.joined(separator: ","),
        ]
    )
    func refusedState(state: String) {
        let trace = TraceContext(parent: Self.sample, state: state)
        #expect(trace.state == nil)
        #expect(trace.parent == Self.sample)
    }
}
