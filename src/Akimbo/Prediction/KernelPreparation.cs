using System.Runtime.CompilerServices;
using Akimbo.Models;
using Akimbo.Models.LitePose;
using Akimbo.Networks;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;

namespace Akimbo.Prediction;

/// <summary>
/// Has the runtime compile the kernels of <see cref="BuiltInModels.LoadFinder"/>'s network on another core while its weights are
/// read: they are long, and would otherwise be compiled one after the other when the first photo comes.
/// </summary>
internal static class KernelPreparation
{
    private static int _hasBegun;

    /// <summary>Begins, once in a process; does nothing where it would not help.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount == 1 || !RuntimeFeature.IsDynamicCodeCompiled || Interlocked.Exchange(ref _hasBegun, 1) == 1) return;
        InBackground(Run);
    }

    /// <summary>Has a network's weights packed while something else is computed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">A shape that it will be run with.</param>
    public static void PackAhead(CompiledNetwork network, Shape input)
    {
        if (Environment.ProcessorCount > 1) InBackground(() => RunOnce(pool => network.Share(pool), input));
    }

    /// <summary>Runs a network of all kinds of layers, but few, on a picture as small as still has rows of whole tiles.</summary>
    private static void Run()
    {
        Network network = ((LitePoseOptions)BuiltInModels.Finder.Architecture with { StageBlocks = [2, 2, 2, 2] }).CreateNetwork();
        foreach (Parameter parameter in network.Parameters) parameter.Value = new Tensor(parameter.Shape);
        RunOnce(pool => new CompiledNetwork(network, pool), [1, 3, 64, 416]);
    }

    private static void RunOnce(Func<WorkerPool, CompiledNetwork> compile, Shape input)
    {
        using var pool = new WorkerPool(1);
        compile(pool).Run(new Tensor(input));
    }

    private static void InBackground(ThreadStart run) => new Thread(run) { IsBackground = true, Name = "akimbo preparation" }.Start();
}
