using Gateway.Rendering;

namespace Gateway.Features.Drafts;

/// <summary>What stands above the quote of an answer, or of what is passed on.</summary>
/// <param name="Text">As plain text.</param>
/// <param name="Html">As HTML; absent: the text.</param>
/// <param name="To">Whom it is for, instead of those the message names.</param>
public sealed record AnswerRequest(string? Text = null, string? Html = null, IReadOnlyList<Address>? To = null);
