import EventService
import EventServiceTestSupport
import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// What a client reads when its request is wrong.
@Suite("Problems of the request, as a client reads them", .timeLimit(.minutes(3)))
struct RequestProblemTests {
    private static let paths: [(path: String, allowed: String)] = [
        ("/getUsers", "GET, HEAD"), ("/getEvents", "GET, HEAD"), ("/getEventsByUserId/1", "GET, HEAD"),
        ("/addEvent", "POST"), ("/healthz", "GET, HEAD"), ("/health", "GET, HEAD"), ("/readyz", "GET, HEAD"),
        ("/ready", "GET, HEAD"),
    ]

    @Test("every route says which methods it takes", arguments: paths)
    func methodNotAllowed(path: String, allowed: String) async throws {
        let harness = try APIHarness(.working())
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
        for method in methods + [HTTPRequest.Method("PROPFIND")].compactMap({ $0 }) {
            guard !allowed.split(separator: ", ").contains(Substring(method.rawValue)) else { continue }
            let response = try await harness.answer(path, method)
            #expect(response.status == .methodNotAllowed, "\(method)")
            #expect(response.headers[.allow] == allowed, "\(method)")
            guard method != .head else { continue }
            let problem = try ReadProblem(response)
            #expect(problem.type == "urn:evenkeel:problem:method-not-allowed")
            #expect(problem.message == "\(path) takes \(allowed), not \(method.rawValue)")
        }
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test(
        "there is no other route",
        arguments: [
            "/", "/getUser", "/getusers", "/getUsers/1", "/getEventsByUserId", "/getEventsByUserId/1/2", "/addEvent/1",
            "/v2",
        ]
    )
    func notFound(path: String) async throws {
        let harness = try APIHarness(.working())
        for method in [HTTPRequest.Method.get, .post, .delete] {
            let response = try await harness.answer(path, method)
            #expect(response.status == .notFound)
            let problem = try ReadProblem(response)
            #expect(problem.type == "urn:evenkeel:problem:not-found")
            #expect(problem.message == "there is no route \(path)")
            #expect(problem.title == "Not Found")
        }
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("an unknown user has no events to be found")
    func unknownUser() async throws {
        let response = try await APIHarness(.failing(.notFound)).answer("/getEventsByUserId/9")
        #expect(response.status == .notFound)
        #expect(try ReadProblem(response).message == "there is no user 9")
    }

    @Test("an event of an unknown user can't be processed, and the field is named")
    func unprocessable() async throws {
        let response = try await APIHarness(.failing(.notFound)).answer(
            "/addEvent",
            .post,
            body: #"{"name":"n","userId":"9"}"#
        )
        #expect(response.status == .unprocessableContent)
        let problem = try ReadProblem(response)
        #expect(problem.type == "urn:evenkeel:problem:unknown-user")
        #expect(problem.details == [.init(field: "userId", message: "is not the id of a user")])
    }

    @Test("every field that is wrong is listed")
    func invalid() async throws {
        let response = try await APIHarness(.working()).answer(
            "/addEvent",
            .post,
            body: #"{"name":" ","userId":7,"id":null}"#
        )
        #expect(response.status == .badRequest)
        let problem = try ReadProblem(response)
        #expect(problem.type == "urn:evenkeel:problem:invalid")
        #expect(
            problem.details == [
                .init(field: "name", message: "must not be empty"),
                .init(field: "userId", message: "must be a string, is a number"),
                .init(field: "id", message: "must be a string, is null"),
            ]
        )
    }

    @Test(
        "a body that is not a JSON object is told where it goes wrong",
        arguments: [("", 0), ("[1]", 0), (#"{"name":"n",}"#, 12)]
    )
    func malformed(body: String, offset: Int) async throws {
        let response = try await APIHarness(.working()).answer("/addEvent", .post, body: body)
        #expect(response.status == .badRequest)
        let problem = try ReadProblem(response)
        #expect(problem.message.hasPrefix("the body is not a JSON object: "))
        #expect(problem.message.hasSuffix("(at byte \(offset))"))
        #expect(problem.details == nil)
    }

    @Test("a path with its query may be as long as the limit and no longer")
    func uriTooLong() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.maximumURILength = 40
        let harness = try APIHarness(.working(), configuration: configuration)
        let path = "/getUsers?x="
        #expect(try await harness.answer(path + String(repeating: "y", count: 40 - path.count)).status == .ok)
        let response = try await harness.answer(path + String(repeating: "y", count: 41 - path.count))
        #expect(response.status == .uriTooLong)
        #expect(try ReadProblem(response).message == "the path with its query may have at most 40 bytes")
    }

    @Test(
        "a HEAD has no body either when it fails",
        arguments: ["/nothing", "/addEvent", "/getEvents", "/getEventsByUserId/%FF"]
    )
    func head(path: String) async throws {
        let response = try await APIHarness(.failing(.refused)).answer(path, .head)
        #expect(response.status.code >= 400)
        #expect(response.text.isEmpty)
        #expect(response.headers[.contentType] == "application/problem+json")
    }

    @Test("what the client sent is quoted as JSON, whatever it is")
    func quoting() async throws {
        let response = try await APIHarness(.working()).answer("/x\"y<z>\\%22")
        #expect(try ReadProblem(response).message == "there is no route /x\"y<z>\\%22")
    }
}
