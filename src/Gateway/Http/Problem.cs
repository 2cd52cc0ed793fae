namespace Gateway.Http;

/// <summary>The shape of every error answer (RFC 9457).</summary>
/// <param name="Type">Link to the section on this code.</param>
/// <param name="Title">What the code means, for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What went wrong this time, for people.</param>
/// <param name="Code">Stable; decide by it, never by the texts.</param>
/// <param name="TraceId">Finds the request in the server's log.</param>
/// <param name="Errors">Each fault of the request, where there are any to name.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, string? TraceId, IReadOnlyList<FieldFault>? Errors);
