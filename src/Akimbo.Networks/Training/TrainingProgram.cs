using System.Diagnostics;
using Akimbo.Networks.Inference;
using Akimbo.Networks.Training.Compilation;
using Akimbo.Tensors;

namespace Akimbo.Networks.Training;

/// <summary>The forward and the backward pass of a network for one input shape: kernel calls over one planned arena.</summary>
internal sealed class TrainingProgram
{
    private readonly ProgramMemory _memory;
    private readonly IReadOnlyList<Step> _steps;
    private readonly int _forwardSteps;
    private readonly int _scratchLength;
    private readonly Tensor[] _outputs;
    private bool _isForwardDone;

    /// <summary>Compiles a graph.</summary>
    public TrainingProgram(Graph graph, CompilationContext context)
    {
        _memory = context.Memory;
        _outputs = [.. graph.Outputs.Select(output => new Tensor(output.Shape))];
        OutputGradients = [.. graph.Outputs.Select(output => new Tensor(output.Shape))];

        var steps = new StepList();
        var forward = new ForwardBuilder(graph, context, steps);
        forward.Build(_outputs);
        _forwardSteps = steps.Count;
        InputGradient = context.Options.KeepsInputGradient ? new Tensor(graph.Input.Shape) : null;
        new BackwardBuilder(graph, forward, context, steps).Build(OutputGradients, InputGradient);
        (_steps, ArenaLength) = steps.Plan();
        _scratchLength = _steps.Max(step => step.ScratchLength);
    }

    /// <summary>Where a loss leaves its gradients.</summary>
    public IReadOnlyList<Tensor> OutputGradients { get; }

    /// <summary>The gradient by the input, where it is kept.</summary>
    public Tensor? InputGradient { get; }

    /// <summary>Floats of planned memory.</summary>
    public int ArenaLength { get; }

    /// <summary>The kernel calls in order.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    public IReadOnlyList<Tensor> Forward(Tensor input, WorkerPool pool)
    {
        _memory.Reserve(ArenaLength, _scratchLength);
        _memory.Input = input.Memory;
        Run(pool, 0, _forwardSteps);
        _isForwardDone = true;
        return _outputs;
    }

    public void Backward(WorkerPool pool)
    {
        if (!_isForwardDone) throw new InvalidOperationException("A backward pass needs a forward pass before it.");
        _isForwardDone = false;
        Run(pool, _forwardSteps, _steps.Count);
        _memory.Input = default;
    }

    /// <summary>Called with the name and the time of every kernel call, when set.</summary>
    public Action<string, TimeSpan>? Observer { get; set; }

    private void Run(WorkerPool pool, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            long start = Observer is null ? 0 : Stopwatch.GetTimestamp();
            pool.Run(_steps[i], _steps[i].Chunks);
            Observer?.Invoke($"{_steps[i].GetType().Name} {_steps[i].Name}", Stopwatch.GetElapsedTime(start));
        }
    }
}
