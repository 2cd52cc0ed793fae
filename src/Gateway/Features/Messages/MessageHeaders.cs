using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>The header of a message, field by field.</summary>
/// <param name="Headers">In the order of the message, the topmost first; the first 1,000.</param>
/// <param name="Defects">What was left out: of a header over 256 KB its end, and any field over 64 KB.</param>
public sealed record MessageHeaders(IReadOnlyList<MessageHeaderLine> Headers, IReadOnlyList<Defect> Defects);

/// <summary>One field of a header.</summary>
/// <param name="Name">As the message spells it; there may be several of one name.</param>
/// <param name="Value">Unfolded and decoded (RFC 2047), on one line, without controls.</param>
public sealed record MessageHeaderLine(string Name, string Value);
