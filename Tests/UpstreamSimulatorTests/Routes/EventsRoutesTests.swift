import Foundation
import Testing

@testable import UpstreamSimulator

@Suite(.timeLimit(.minutes(3))) struct EventsRoutesTests {
    @Test func `Users and events are listed with their members`() async throws {
        try await withSimulator { harness in
            let users = try await harness.get("/getUsers")
            #expect(users.status == 200)
            #expect(users.headers["content-type"] == "application/json; charset=utf-8")
            guard case .array(let all) = try users.json() else { return #expect(Bool(false), "not an array") }
            #expect(all.count == 12)
            let members: Set = ["id", "name", "username", "email", "events"]
            #expect(all.allSatisfy { Set($0.object?.keys ?? [:].keys) == members })
            guard case .array(let events) = try await harness.get("/getEvents").json() else {
                return #expect(Bool(false))
            }
            #expect(events.count == 98)
        }
    }

    @Test func `One user and one event are found by id, also by an encoded one`() async throws {
        try await withSimulator { (harness) async throws in
            #expect(try await harness.get("/getUserById/2").object()["name"] == "Grace Hopper")
            let body = #"{"id":"a/b ü","name":"Odd","userId":"1"}"#
            #expect(try await harness.post("/addEvent", body).status == 200)
            #expect(try await harness.get("/getEventById/a%2Fb%20%C3%BC").object()["name"] == "Odd")
        }
    }

    @Test(arguments: [
        ("GET", "/getUserById/77"), ("GET", "/getEventById/none"), ("GET", "/elsewhere"), ("POST", "/getUsers"),
        ("GET", "/addEvent"), ("GET", "/"),
    ])
    func `What isn't there is 404 in JSON`(method: String, path: String) async throws {
        try await withSimulator { harness in
            let answer = try await harness.send(method, path)
            #expect(answer.status == 404)
            #expect(try answer.object()["success"] == false)
            #expect(try answer.object()["error"] == "Not found")
        }
    }

    @Test func `An added event gets a UUID, keeps unknown members and shows up everywhere`() async throws {
        try await withSimulator { harness in
            let body = #"{"name":"Picnic","userId":"9","startsAt":"2027-05-01T10:00:00Z","tags":["a",1,{"b":null}]}"#
            let answer = try await harness.post("/addEvent", body)
            #expect(answer.status == 200)
            #expect(try answer.object()["success"] == true)
            let event = try #require(try answer.object()["event"]?.object)
            let id = try #require(event["id"]?.string)
            #expect(UUID(uuidString: id) != nil)
            #expect(event["tags"] == ["a", 1, ["b": .null]])
            #expect(try await harness.get("/getEventById/\(id)").object() == event)
            #expect(try await harness.get("/getUserById/9").object()["events"] == .array([.string(id)]))
        }
    }

    @Test func `The same event again succeeds and is not added twice`() async throws {
        try await withSimulator { harness in
            let body = #"{"id":"mine","name":"Picnic","userId":"9"}"#
            let first = try await harness.post("/addEvent", body)
            let again = try await harness.post("/addEvent", body)
            #expect(first.status == 200 && again.status == 200)
            #expect(try again.object()["success"] == true)
            #expect(try again.object()["event"] == first.object()["event"])
            #expect(try await harness.get("/getUserById/9").object()["events"] == ["mine"])
            let other = try await harness.post("/addEvent", #"{"id":"mine","name":"Dinner","userId":"9"}"#)
            #expect(other.status == 409)
            #expect(try await harness.get("/getEventById/mine").object()["name"] == "Picnic")
        }
    }

    @Test(arguments: [
        ("", "The body is not JSON."), ("{", "The body is not JSON."), ("[]", "The body is not a JSON object."),
        ("{}", "The body has invalid members: name is missing, userId is missing."),
        (
            #"{"name":" ","userId":1,"id":[]}"#,
            "The body has invalid members: name must not be empty, userId must be a string, id must be a string."
        ),
    ])
    func `A bad event is 400 and says everything that is wrong`(body: String, message: String) async throws {
        try await withSimulator { harness in
            let answer = try await harness.post("/addEvent", body)
            #expect(answer.status == 400)
            #expect(try answer.object()["message"] == .string(message))
        }
    }

    @Test func `An event of an unknown user is 422 and a body over 1 MiB is 413`() async throws {
        try await withSimulator { harness in
            let unknown = try await harness.post("/addEvent", #"{"name":"x","userId":"nobody"}"#)
            #expect(unknown.status == 422)
            #expect(try unknown.object()["success"] == false)
            let long = #"{"name":"x","userId":"1","description":"\#(String(repeating: "x", count: 1 << 20))"}"#
            #expect(try await harness.post("/addEvent", long).status == 413)
            #expect(try await harness.get("/getUsers").status == 200)
        }
    }

    @Test func `Users are added once per e-mail, user name and id`() async throws {
        try await withSimulator { harness in
            let body = #"{"id":"20","name":"Joan","username":"joan","email":"joan@x.example","team":7,"events":["e"]}"#
            let added = try await harness.post("/addUser", body)
            #expect(added.status == 200)
            let user = try await harness.get("/getUserById/20").object()
            #expect(user["team"] == 7)
            #expect(user["events"] == [])
            #expect(try added.object()["user"]?.object == user)
            let duplicates = [
                #"{"id":"20","name":"J","username":"other","email":"other@x.example"}"#,
                #"{"name":"J","username":"JOAN","email":"other@x.example"}"#,
                #"{"name":"J","username":"other","email":"Joan@x.example"}"#,
            ]
            for duplicate in duplicates { #expect(try await harness.post("/addUser", duplicate).status == 409) }
            #expect(try await harness.post("/addUser", #"{"name":"J","username":"j","email":"nowhere"}"#).status == 400)
            #expect(try await harness.post("/addEvent", #"{"name":"x","userId":"20"}"#).status == 200)
        }
    }

    @Test func `A thousand events of one user are there after one call`() async throws {
        try await withSimulator { harness in
            let ids = try harness.simulator.add(users: 1, events: 1000)
            guard case .array(let events) = try await harness.get("/getUserById/\(ids[0])").object()["events"] else {
                return #expect(Bool(false), "no events")
            }
            #expect(events.count == 1000)
            let last = try #require(events.last?.string)
            #expect(try await harness.get("/getEventById/\(last)").object()["userId"] == .string(ids[0]))
        }
    }
}
