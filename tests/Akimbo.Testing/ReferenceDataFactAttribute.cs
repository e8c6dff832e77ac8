using Xunit;

namespace Akimbo.Testing;

/// <summary>A test on photos or weights that may not be distributed; skipped, and counted as such, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReferenceDataFactAttribute : FactAttribute
{
    /// <summary>Marks the test as skipped when the reference data is absent.</summary>
    public ReferenceDataFactAttribute()
    {
        if (Repository.ReferenceData is null)
            Skip = "The reference data is not here; set AKIMBO_REFERENCE_DATA to its folder.";
    }
}
