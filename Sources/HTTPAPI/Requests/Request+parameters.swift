import EventService
import Foundation
import HTTPTypes
import Hummingbird

extension Request {
    /// Makes sure that the query has no other parameters than these.
    /// - Throws: `ServiceError` of kind `invalid` that lists every other one.
    func checkParameterNames(_ known: [String]) throws(ServiceError) {
        // Most requests have no query, and most routes are asked for that way.
        guard uri.query != nil else { return }
        var parameters = QueryParameters(uri.query)
        parameters.refuse(otherThan: known)
        try parameters.check()
    }
}

extension APIContext {
    /// The segment of the path called `name`, decoded.
    func segment(_ name: String) throws -> String {
        guard let value = try parameters.require(name).removingPercentEncoding else {
            throw HTTPError(.badRequest, message: "the \(name) in the path is not percent-encoded UTF-8")
        }
        return value
    }
}
