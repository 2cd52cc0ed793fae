using System.Text.Json.Serialization;

namespace Gateway.Http;

/// <summary>One fault of a request.</summary>
/// <param name="Pointer">JSON pointer into the body (RFC 6901), absent for a parameter.</param>
/// <param name="Parameter">Name of the route or query parameter, absent for the body.</param>
/// <param name="Detail">What is wrong with it.</param>
public sealed record FieldFault(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pointer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parameter,
    string Detail);
