namespace Akimbo.Networks.Training.Steps;

/// <summary>Where a gradient by a parameter goes.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="IsLater">Whether another step of the same pass has written it before.</param>
internal readonly record struct GradientTarget(TrainedParameter Parameter, bool IsLater)
{
    /// <summary>Whether values are added to what is there.</summary>
    public bool Accumulates => IsLater || Parameter.HoldsGradient;

    /// <summary>Writes one value, or adds it.</summary>
    public void Put(int index, float value)
    {
        ref float target = ref Parameter.GradientMemory[index];
        target = Accumulates ? target + value : value;
    }
}
