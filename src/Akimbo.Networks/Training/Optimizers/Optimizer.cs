using System.Numerics;
using Akimbo.Tensors;

namespace Akimbo.Networks.Training.Optimizers;

/// <summary>
/// Changes parameters by their gradients. Parameters that are in no group are left alone. The update of every parameter is
/// PyTorch's of the same name, and the same to the bit for every number of threads.
/// </summary>
public abstract class Optimizer
{
    private readonly UpdateWork _work;
    private readonly Dictionary<string, Tensor> _state = [];

    private protected Optimizer(IReadOnlyList<ParameterGroup> groups, double learningRate, IReadOnlyList<string> slots)
    {
        CheckNumber(learningRate, "learning rate");
        foreach (var group in groups)
        {
            CheckNumber(group.LearningRateFactor, "learning rate's factor");
            CheckNumber(group.WeightDecay ?? 0, "weight decay");
        }

        var twice = groups.SelectMany(group => group.Parameters).GroupBy(parameter => parameter.Name).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null) throw new ArgumentException($"The parameter {twice.Key} is in two groups, or twice in one.", nameof(groups));

        LearningRate = learningRate;
        Groups = groups;
        _work = new UpdateWork(this, groups, slots.Count);
        _state.Add(StepName, new Tensor([]));
        foreach (var group in groups)
            foreach (var parameter in group.Parameters)
                for (int slot = 0; slot < slots.Count; slot++)
                    _state.Add($"{parameter.Name}.{slots[slot]}", _work.StateOf(parameter, slot));
    }

    private const string StepName = "step";

    /// <summary>The learning rate of the next step; schedules set it.</summary>
    public double LearningRate { get; set; }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>
    /// All that the optimizer remembers from step to step, by name: <c>step</c>, the number of steps as a scalar, exact to 2²⁴, and
    /// <c>parameter.slot</c> in PyTorch's words, such as <c>pre.0.conv.weight.exp_avg</c>. Tensors are live: a step changes them.
    /// </summary>
    public IReadOnlyDictionary<string, Tensor> State => _state;

    /// <summary>Steps done.</summary>
    public long StepCount => (long)_state[StepName].Span[0];

    /// <summary>Changes all parameters by their gradients.</summary>
    /// <param name="pool">The threads that share the work.</param>
    public void Step(WorkerPool pool)
    {
        foreach (var group in Groups)
            foreach (var parameter in group.Parameters) parameter.ClearStaleGradient();
        _state[StepName].Span[0]++;
        BeginStep(StepCount);
        pool.Run(_work, _work.Chunks);
    }

    /// <summary>Takes over what another optimizer of the same kind and parameters remembered.</summary>
    /// <param name="state">Tensors of the names and shapes of <see cref="State"/>.</param>
    /// <exception cref="ArgumentException">A tensor is missing, unknown or of another shape; nothing is changed then.</exception>
    public void Restore(IReadOnlyDictionary<string, Tensor> state)
    {
        foreach (string name in state.Keys)
            if (!_state.ContainsKey(name)) throw new ArgumentException($"The optimizer remembers nothing called '{name}'.", nameof(state));
        foreach (var (name, own) in _state)
        {
            if (!state.TryGetValue(name, out var given)) throw new ArgumentException($"The state has no tensor '{name}'.", nameof(state));
            if (given.Shape != own.Shape) throw new ArgumentException($"The state's {name} has shape {given.Shape}; expected {own.Shape}.", nameof(state));
        }

        foreach (var (name, own) in _state) state[name].Span.CopyTo(own.Span);
    }

    private protected abstract double DefaultWeightDecay { get; }

    /// <summary>Prepares what all parameters share in a step.</summary>
    /// <param name="step">Which step, from 1.</param>
    private protected virtual void BeginStep(long step)
    {
    }

    /// <summary>Changes some values of one parameter: whole vectors.</summary>
    /// <param name="range">Spans of a multiple of <see cref="Vector{T}.Count"/>.</param>
    private protected abstract void UpdateVectors(in UpdateRange range);

    /// <summary>Changes some values of one parameter.</summary>
    internal void Update(in UpdateRange range)
    {
        int whole = range.Values.Length / Vector<float>.Count * Vector<float>.Count;
        UpdateVectors(range.Slice(0, whole));
        if (whole == range.Values.Length) return;

        var rest = range.Slice(whole, range.Values.Length - whole);
        Span<float> padded = stackalloc float[5 * Vector<float>.Count];
        padded.Clear();
        var copy = rest.Into(padded);
        UpdateVectors(copy);
        copy.CopyBack(rest);
    }

    /// <summary>The weight decay of a group.</summary>
    internal double WeightDecayOf(ParameterGroup group) => group.WeightDecay ?? DefaultWeightDecay;

    private protected static void CheckNumber(double value, string what)
    {
        if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentException($"The {what} is {value}; expected a finite number, 0 or more.");
    }

    private protected static void CheckShare(double value, string what)
    {
        if (!(value is >= 0 and < 1)) throw new ArgumentException($"The {what} is {value}; expected a number from 0 to below 1.");
    }
}
