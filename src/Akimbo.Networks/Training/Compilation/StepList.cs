using Akimbo.Networks.Inference;

namespace Akimbo.Networks.Training.Compilation;

/// <summary>The steps of a training program in order, with what they read and write, from which memory is planned.</summary>
internal sealed class StepList
{
    private readonly List<(IReadOnlyList<Map?> Uses, Func<Step> Make)> _steps = [];

    /// <summary>Steps so far.</summary>
    public int Count => _steps.Count;

    /// <summary>Adds a step, made once all maps have their place.</summary>
    /// <param name="uses">The maps it reads and writes; null for none.</param>
    /// <param name="make">Makes the step.</param>
    public void Add(IReadOnlyList<Map?> uses, Func<Step> make) => _steps.Add((uses, make));

    /// <summary>Places all maps and makes all steps.</summary>
    /// <returns>The steps, and the floats of the arena.</returns>
    /// <exception cref="NotSupportedException">The maps need more memory than an array can hold.</exception>
    public (IReadOnlyList<Step> Steps, int ArenaLength) Plan()
    {
        var first = new Dictionary<Map, int>();
        var last = new Dictionary<Map, int>();
        for (int i = 0; i < _steps.Count; i++)
            foreach (var map in _steps[i].Uses)
            {
                if (map is null or { IsCallers: true }) continue;
                first.TryAdd(map, i);
                last[map] = i;
            }

        Map[] maps = [.. first.Keys];
        var (offsets, length) = ArenaPlanner.Plan([.. maps.Select(map => new Lifetime(map.Length, first[map], last[map]))]);
        if (length > Array.MaxLength - ArenaPlanner.Alignment)
            throw new NotSupportedException($"Training needs {length * sizeof(float) >> 20} MiB for activations and gradients; the limit is {(long)Array.MaxLength * sizeof(float) >> 20} MiB.");
        for (int i = 0; i < maps.Length; i++) maps[i].Place(offsets[i]);
        return ([.. _steps.Select(step => step.Make())], (int)length);
    }
}
