import EventService
import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite("Problems")
struct ProblemTests {
    private static let problems: [Problem] =
        [ServiceError.Kind]([
            .circuitOpen, .busy, .outOfDescriptors, .badUpstream, .timedOut, .invalid, .unknownUser, .notFound,
            .refused(status: 400), .refused(status: 409), .cancelled,
        ]).map { Problem(ServiceError($0, message: "m")) }
        + [AccessRefusal]([
            .misdirected(host: "h"), .crossOrigin("o"), .unauthenticated(sentToken: true),
            .unauthenticated(sentToken: false), .insufficientScope(.read), .administrationOff,
            .rateLimited(retryAfter: .zero),
        ]).map { Problem($0) }
        + (400...511).map { HTTPResponse.Status(code: $0) }.filter { !$0.reasonPhrase.isEmpty }
        .map { Problem($0, detail: "d") }
        + [.unexpected]

    @Test("of one type have one title")
    func titles() {
        let titles = Dictionary(grouping: Self.problems, by: \.name).mapValues { Set($0.map(\.title)) }
        #expect(titles.filter { $0.value.count > 1 } == [:])
        #expect(titles["not-found"] == ["Not Found"])
    }

    @Test("of different types have different titles")
    func types() {
        let names = Dictionary(grouping: Self.problems, by: \.title).mapValues { Set($0.map(\.name)) }
        #expect(names.filter { $0.value.count > 1 } == [:])
    }
}
