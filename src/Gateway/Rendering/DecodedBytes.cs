namespace Gateway.Rendering;

/// <param name="Bytes">With the transfer encoding taken off.</param>
/// <param name="Defects">What was wrong with it.</param>
internal sealed record DecodedBytes(byte[] Bytes, IReadOnlyList<Defect> Defects);
