using System.ComponentModel;
using System.Diagnostics;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Onnx;

/// <summary>
/// ONNX Runtime as another process, to compare an exported model with: the scripts of <c>benchmarks/peers</c> in the checkout,
/// run by Node.js, once <c>npm ci</c> has fetched the package there. Nothing else depends on it.
/// </summary>
public sealed class OnnxRuntimePeer
{
    private const string FolderVariable = "AKIMBO_PEERS";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private readonly string _script;

    private OnnxRuntimePeer(string script) => _script = script;

    /// <summary>
    /// Looks for it: in the folder that the environment variable AKIMBO_PEERS names, else in <c>benchmarks/peers</c> of the
    /// checkout that the program was built in.
    /// </summary>
    /// <returns>Null, where the scripts, the package or Node.js are missing.</returns>
    public static OnnxRuntimePeer? Find()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); folder is null && parent is not null; parent = parent.Parent)
            if (IsInstalled(Path.Combine(parent.FullName, "benchmarks", "peers"))) folder = Path.Combine(parent.FullName, "benchmarks", "peers");
        return folder is not null && IsInstalled(folder) && HasNode() ? new OnnxRuntimePeer(ScriptIn(folder)) : null;
    }

    /// <summary>Runs a model once on the processor.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="inputs">Float32 or uint8 tensors by the names of the model's inputs.</param>
    /// <returns>The outputs by their names, float32.</returns>
    /// <exception cref="InvalidOperationException">The runtime refuses the model or the inputs; the message says why.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(string model, IReadOnlyDictionary<string, StoredTensor> inputs)
    {
        string folder = Directory.CreateTempSubdirectory("akimbo-onnx-").FullName;
        try
        {
            string inputFile = Path.Combine(folder, "inputs.safetensors"), outputFile = Path.Combine(folder, "outputs.safetensors");
            Safetensors.Save(inputFile, inputs);
            Execute(Path.GetFullPath(model), inputFile, outputFile);
            return Safetensors.Load(outputFile).Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.ToTensor());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string ScriptIn(string folder) => Path.Combine(folder, "check-export.mjs");

    private static bool IsInstalled(string folder) =>
        File.Exists(ScriptIn(folder)) && Directory.Exists(Path.Combine(folder, "node_modules", "onnxruntime-node"));

    private static bool HasNode()
    {
        try
        {
            using var node = Start("--version");
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;

    private void Execute(string model, string inputFile, string outputFile)
    {
        using var node = Start(_script, model, inputFile, outputFile);
        var error = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEndAsync();
        if (!node.WaitForExit(Patience))
        {
            node.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"ONNX Runtime has not finished {model} after {Patience.TotalMinutes} minutes.");
        }

        string said = error.Result;
        _ = output.Result;
        if (node.ExitCode == 0) return;
        var lines = said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        throw new InvalidOperationException($"ONNX Runtime refused {model}: {lines.FirstOrDefault(line => line.Contains("Error", StringComparison.Ordinal)) ?? said}");
    }
}
