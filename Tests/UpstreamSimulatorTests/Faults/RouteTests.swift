import Testing

@testable import UpstreamSimulator

@Suite struct RouteTests {
    @Test(arguments: [
        ("/getUsers", Route.getUsers), ("/getUserById/7", .getUserById), ("/getEvents/", .getEvents),
        ("/getEventById/a%2Fb", .getEventById), ("/addEvent", .addEvent), ("/addUser", .addUser),
        ("/", .other), ("/elsewhere", .other), ("/getusers", .other), ("/other", .other),
    ])
    func `The first segment of the path names the route`(path: String, route: Route) {
        #expect(Route(path: path) == route)
    }

    @Test(arguments: ["/_counters", "/_scenario", "/_"])
    func `Control routes are none of them`(path: String) {
        #expect(Route(path: path) == nil)
    }
}
