/// An error that means that a call was never made, because a policy of the caller's own refused it.
///
/// It says nothing about what would have been called: the policies around it ignore it, see
/// ``CircuitBreaker/Outcome/standard(for:)``. Let errors of your own policies conform to it.
public protocol CallRefusal: Error {}
