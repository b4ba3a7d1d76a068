import EventService
import HTTPTypes
import Hummingbird

extension CachePolicy {
    /// What a request says about answers that are kept.
    ///
    /// `Cache-Control: no-cache`, and `max-age=0`, which browsers send to reload, ask for a new one (RFC 9111, section 5.2.1).
    /// Other directives leave it to the service, as they may.
    init(_ request: Request) {
        let directives = request.headers[.cacheControl]?.lowercased().split(separator: ",") ?? []
        let wantsNew = directives.contains { directive in
            let words = directive.filter { $0 != " " && $0 != "\t" }
            return words == "no-cache" || words == "max-age=0"
        }
        self = wantsNew ? .reload : .useCache
    }
}
