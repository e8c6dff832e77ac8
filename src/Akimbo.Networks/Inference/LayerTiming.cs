namespace Akimbo.Networks.Inference;

/// <summary>The time of one kernel call of a compiled network.</summary>
/// <param name="Name">The operation it came from, its kind and its module's path; what is fused into it is not named.</param>
/// <param name="MultiplyAdds">Multiply-adds by the definition; 0 where there are none.</param>
/// <param name="Milliseconds">The median of some runs.</param>
public readonly record struct LayerTiming(string Name, long MultiplyAdds, double Milliseconds)
{
    /// <summary>10⁹ floating-point operations a second, a multiply-add being two. Winograd's algorithm does fewer than are counted.</summary>
    public double Gigaflops => Milliseconds > 0 ? 2e-6 * MultiplyAdds / Milliseconds : 0;
}
