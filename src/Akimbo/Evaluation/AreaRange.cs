namespace Akimbo.Evaluation;

/// <summary>People of a size: those with an area from <paramref name="Min"/> to <paramref name="Max"/>, both included.</summary>
/// <param name="Min">Square pixels.</param>
/// <param name="Max">Square pixels.</param>
public sealed record AreaRange(double Min, double Max)
{
    /// <summary>Everyone: up to 10^10 square pixels, as in COCO.</summary>
    public static AreaRange All { get; } = new(0, 1e10);

    /// <summary>COCO's medium people: 32² to 96² square pixels.</summary>
    public static AreaRange Medium { get; } = new(1024, 9216);

    /// <summary>COCO's large people: from 96² square pixels.</summary>
    public static AreaRange Large { get; } = new(9216, 1e10);

    /// <summary>Whether an area is in the range.</summary>
    public bool Contains(double area) => !(area < Min || area > Max);

    /// <summary>The range in words.</summary>
    public override string ToString() => Max >= All.Max
        ? FormattableString.Invariant($"from {Min} square pixels")
        : FormattableString.Invariant($"from {Min} to {Max} square pixels");
}
