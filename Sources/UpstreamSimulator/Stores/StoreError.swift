/// Why a store refuses something.
enum StoreError: Error, Equatable {
    case unknownUser(id: String)
    case userIDTaken(String)
    case emailTaken(String)
    case usernameTaken(String)
    /// The id belongs to an event with other content.
    case eventIDTaken(String)
}
